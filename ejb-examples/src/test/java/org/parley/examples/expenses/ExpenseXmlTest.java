package org.parley.examples.expenses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpenseXmlTest {

    private static final String LINE = "<expense><employee>Gail</employee><purpose>Train</purpose>%s</expense>";

    @Test
    void readsWhatItWrites() {
        Expense expense = Expense.of("Ken S\u00e1nchez", "Tea & <cake> for \"two\" \uD83C\uDF70 ]]>", "12.5");

        assertThat(ExpenseXml.expense(ExpenseXml.parse(ExpenseXml.submission(expense))))
                .isEqualTo(expense);
    }

    @Test
    void aLongestExpenseFitsIntoABody() {
        Expense longest = Expense.of("<".repeat(60), "&".repeat(200), "99999999.99");

        assertThat(ExpenseXml.submission(longest)).hasSizeLessThan(ExpenseXml.LENGTH);
    }

    @Test
    void readsTheReasonOfADenial() {
        assertThat(ExpenseXml.reason(ExpenseXml.parse(ExpenseXml.denial("over <the> limit"))))
                .isEqualTo("over <the> limit");
    }

    @Test
    void tellsWhereXmlIsBroken() {
        assertThatThrownBy(() -> ExpenseXml.parse("<expense>\n <employee>Gail</expense>"))
                .isInstanceOfSatisfying(
                        InvalidExpenseException.class,
                        e -> assertThat(e.field()).isEqualTo("xml"))
                .hasMessageContaining("line 2, column")
                .hasMessageContaining("employee");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|is missing",
                "just text|can't be read",
                "<!DOCTYPE a><a/>|DOCTYPE",
                "<?xml version=\"1.0\" encoding=\"UTF-16\"?><a/>|can't be read",
            })
    void refusesWhatItCanNotSend(String xml, String reason) {
        assertThatThrownBy(() -> ExpenseXml.parse(xml))
                .isInstanceOf(InvalidExpenseException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void refusesOverlongXml() {
        assertThatThrownBy(() -> ExpenseXml.parse("<a>" + "x".repeat(ExpenseXml.LENGTH) + "</a>"))
                .hasMessage("The XML has 4007 characters; at most 4000 are allowed.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<amount>1</amount><amount>2</amount>|has 2 elements <amount>",
                "<sum>1</sum>|has 0 elements <amount>",
                "<amount>much</amount>|The amount 'much'",
            })
    void saysWhatIsNoExpense(String amount, String reason) {
        assertThatThrownBy(() -> ExpenseXml.expense(ExpenseXml.parse(LINE.formatted(amount))))
                .hasMessageContaining(reason);
    }

    @Test
    void namesAnotherRoot() {
        assertThatThrownBy(() -> ExpenseXml.expense(ExpenseXml.parse("<invoice/>")))
                .hasMessage("The XML begins with element <invoice>; it must be <expense>.");
    }
}
