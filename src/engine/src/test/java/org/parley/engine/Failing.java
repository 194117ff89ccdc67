package org.parley.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.parley.BrokerException;

/** Calls that must fail, and with which number. */
public final class Failing {

    private Failing() {}

    /** Runs it and looks at its number. */
    public static BrokerException with(int number, ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).as("error %d", number).isInstanceOf(BrokerException.class);
        BrokerException error = (BrokerException) thrown;
        assertThat(error.number()).as(error.toString()).isEqualTo(number);
        assertThat(error.getMessage()).isNotBlank();
        return error;
    }
}
