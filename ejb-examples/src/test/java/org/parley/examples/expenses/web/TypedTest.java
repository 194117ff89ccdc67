package org.parley.examples.expenses.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.parley.examples.expenses.Expense;
import org.parley.examples.expenses.InvalidExpenseException;

class TypedTest {

    @Test
    void leavesEmptyLinesOut() {
        Typed typed = Typed.form("Gail", List.of("Train", "", "Taxi"), List.of("1", "", "2"));

        assertThat(typed.expenses()).containsExactly(Expense.of("Gail", "Train", "1"), Expense.of("Gail", "Taxi", "2"));
    }

    @Test
    void needsTheFirstLine() {
        assertThatThrownBy(() -> Typed.form("Gail", List.of("", "Taxi"), List.of("", "2"))
                        .expenses())
                .hasMessage("The purpose is missing.");
        assertThatThrownBy(() -> Typed.form(null, List.of(), List.of()).expenses())
                .hasMessage("The employee is missing.");
    }

    @Test
    void namesTheLineOfAProblem() {
        assertThatThrownBy(() -> Typed.form("Gail", List.of("Train", "Taxi"), List.of("1"))
                        .expenses())
                .isInstanceOfSatisfying(
                        InvalidExpenseException.class,
                        e -> assertThat(e.field()).isEqualTo("amount-2"))
                .hasMessage("Line 2: The amount is missing.");
    }

    @Test
    void blamesTheEmployeeOnce() {
        assertThatThrownBy(() -> Typed.form("", List.of("Train", "Taxi"), List.of("1", "2"))
                        .expenses())
                .isInstanceOfSatisfying(
                        InvalidExpenseException.class,
                        e -> assertThat(e.field()).isEqualTo("employee"));
    }
}
