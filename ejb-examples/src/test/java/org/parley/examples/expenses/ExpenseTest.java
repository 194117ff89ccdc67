package org.parley.examples.expenses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpenseTest {

    @ParameterizedTest
    @CsvSource({"120, 120.00", "119.5, 119.50", "0.01, 0.01", "' 7 ', 7.00", "99999999.99, 99999999.99"})
    void takesAmounts(String typed, String amount) {
        assertThat(Expense.of("Gail", "Train", typed).amount()).hasToString(amount);
    }

    @ParameterizedTest
    @ValueSource(strings = {"12x", "1e3", "-5", "+5", "1,50", "1.234", "123456789", "NaN", "1.", ".5", "\u0663"})
    void refusesWhatIsNoAmount(String typed) {
        assertThatThrownBy(() -> Expense.of("Gail", "Train", typed))
                .isInstanceOfSatisfying(
                        InvalidExpenseException.class,
                        e -> assertThat(e.field()).isEqualTo("amount"))
                .hasMessageContaining("'" + typed + "'")
                .hasMessageContaining("119.50");
    }

    @Test
    void refusesNoMoney() {
        assertThatThrownBy(() -> Expense.of("Gail", "Train", "0.00")).hasMessageContaining("must be greater");
    }

    @Test
    void showsTheBeginningOfALongAmount() {
        assertThatThrownBy(() -> Expense.of("Gail", "Train", "1".repeat(5000)))
                .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(150));
    }

    @Test
    void refusesMissingFieldsByName() {
        assertThatThrownBy(() -> Expense.of(null, "Train", "1")).hasMessage("The employee is missing.");
        assertThatThrownBy(() -> Expense.of("Gail", "  ", "1")).hasMessage("The purpose is missing.");
        assertThatThrownBy(() -> Expense.of("Gail", "Train", null)).hasMessage("The amount is missing.");
        assertThatThrownBy(() -> new Expense("Gail", "Train", null)).hasMessage("The amount is missing.");
    }

    @Test
    void tellsHowLongAFieldMayBe() {
        assertThat(Expense.of("x".repeat(60), "y".repeat(200), "1").purpose()).hasSize(200);
        assertThatThrownBy(() -> Expense.of("x".repeat(61), "Train", "1"))
                .hasMessage("The employee has 61 characters; at most 60 are allowed.");
        assertThatThrownBy(() -> Expense.of("Gail", "y".repeat(201), "1"))
                .hasMessage("The purpose has 201 characters; at most 200 are allowed.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\nb", "a\u001bb", "a\ud800b", "a\uffffb"})
    void refusesWhatXmlCanNotSay(String purpose) {
        assertThatThrownBy(() -> Expense.of("Gail", purpose, "1")).hasMessageContaining("control character");
    }
}
