package org.parley.examples.expenses;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * What an employee wants to get back. An expense that exists is valid: whoever makes one, from a form or from a message,
 * gets the same checks.
 *
 * @param employee who paid, up to 60 characters
 * @param purpose what for, up to 200 characters
 * @param amount above 0, up to 99999999.99
 */
public record Expense(String employee, String purpose, BigDecimal amount) {

    /** Most characters of an employee's name. */
    public static final int EMPLOYEE_LENGTH = 60;

    /** Most characters of a purpose. */
    public static final int PURPOSE_LENGTH = 200;

    private static final Pattern AMOUNT = Pattern.compile("\\d{1,8}(\\.\\d{1,2})?");
    private static final int SHOWN = 30;

    /** Checks the three fields and brings the amount to two decimals. */
    public Expense {
        employee = text("employee", employee, EMPLOYEE_LENGTH);
        purpose = text("purpose", purpose, PURPOSE_LENGTH);
        amount = amount(amount == null ? "" : amount.toPlainString());
    }

    /**
     * An expense from what somebody typed.
     *
     * @throws InvalidExpenseException naming the field, its value and what would be right
     */
    public static Expense of(String employee, String purpose, String amount) {
        return new Expense(
                text("employee", employee, EMPLOYEE_LENGTH),
                text("purpose", purpose, PURPOSE_LENGTH),
                amount(amount == null ? "" : amount.strip()));
    }

    private static String text(String field, String value, int longest) {
        String text = value == null ? "" : value.strip();
        if (text.isEmpty()) {
            throw new InvalidExpenseException(field, "The " + field + " is missing.");
        }
        if (text.length() > longest) {
            throw new InvalidExpenseException(
                    field,
                    "The " + field + " has " + text.length() + " characters; at most " + longest + " are allowed.");
        }
        if (!text.codePoints().allMatch(Expense::isPlain)) {
            throw new InvalidExpenseException(
                    field, "The " + field + " contains a control character; write it as one line of text.");
        }
        return text;
    }

    private static boolean isPlain(int codePoint) {
        return !Character.isISOControl(codePoint)
                && Character.getType(codePoint) != Character.SURROGATE
                && (codePoint & 0xFFFE) != 0xFFFE;
    }

    private static BigDecimal amount(String text) {
        if (text.isEmpty()) {
            throw new InvalidExpenseException("amount", "The amount is missing.");
        }
        if (!AMOUNT.matcher(text).matches()) {
            throw new InvalidExpenseException(
                    "amount",
                    "The amount '" + shorten(text) + "' isn't a number such as 120 or 119.50, up to 99999999.99.");
        }
        BigDecimal amount = new BigDecimal(text).setScale(2);
        if (amount.signum() <= 0) {
            throw new InvalidExpenseException("amount", "The amount is 0; it must be greater.");
        }
        return amount;
    }

    private static String shorten(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
