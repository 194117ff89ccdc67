package org.parley.examples.expenses.web;

import java.util.ArrayList;
import java.util.List;
import org.parley.examples.expenses.Expense;
import org.parley.examples.expenses.InvalidExpenseException;

/** What somebody typed, kept as it is so that it can be shown again beside what is wrong with it. */
record Typed(String employee, List<Line> lines, String xml) {

    /** Lines that the form offers. */
    static final int LINES = 3;

    static final Typed NOTHING = new Typed("", List.of(), "");

    /** One expense of the form. */
    record Line(String purpose, String amount) {

        static final Line EMPTY = new Line("", "");

        private boolean isEmpty() {
            return purpose.isBlank() && amount.isBlank();
        }
    }

    static Typed form(String employee, List<String> purposes, List<String> amounts) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < Math.max(purposes.size(), amounts.size()); i++) {
            lines.add(new Line(at(purposes, i), at(amounts, i)));
        }
        return new Typed(employee == null ? "" : employee, lines, "");
    }

    static Typed xml(String xml) {
        return new Typed("", List.of(), xml == null ? "" : xml);
    }

    Line line(int i) {
        return i < lines.size() ? lines.get(i) : Line.EMPTY;
    }

    /** Name of a field of the form: plain in the first line, with the line's number in the others. */
    static String field(String name, int line) {
        return line == 0 ? name : name + "-" + (line + 1);
    }

    /**
     * The expenses. Lines left empty are left out, but the first.
     *
     * @throws InvalidExpenseException naming the field as {@link #field} does
     */
    List<Expense> expenses() {
        List<Expense> expenses = new ArrayList<>();
        for (int i = 0; i == 0 || i < lines.size(); i++) {
            Line line = line(i);
            if (i == 0 || !line.isEmpty()) {
                expenses.add(expense(i, line));
            }
        }
        return expenses;
    }

    private Expense expense(int i, Line line) {
        try {
            return Expense.of(employee, line.purpose(), line.amount());
        } catch (InvalidExpenseException e) {
            if (i == 0 || e.field().equals("employee")) {
                throw e;
            }
            throw new InvalidExpenseException(field(e.field(), i), "Line " + (i + 1) + ": " + e.getMessage());
        }
    }

    private static String at(List<String> values, int i) {
        return i < values.size() ? values.get(i) : "";
    }
}
