package org.parley.examples.expenses;

import jakarta.ejb.ApplicationException;

/** An expense that can't be accepted as it is. Rolls back, so that nothing has changed when somebody sees it. */
@ApplicationException(rollback = true)
public class InvalidExpenseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String field;

    /** For one field: {@code employee}, {@code purpose}, {@code amount} or {@code xml}. */
    public InvalidExpenseException(String field, String message) {
        super(message);
        this.field = field;
    }

    public String field() {
        return field;
    }
}
