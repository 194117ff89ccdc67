package org.parley.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.parley.BrokerException;
import org.parley.Permission;

/** Asserts that a call is denied and has changed nothing. */
public final class Denied {

    private Denied() {}

    /** Error 229, which names user, permission and object; not a row is different afterwards. */
    public static void denied(
            ExpenseHome home, ThrowingCallable call, String user, Permission permission, String object) {
        List<String> before = home.dump();
        BrokerException error = catchThrowableOfType(BrokerException.class, call);
        assertThat(error).isNotNull();
        assertThat(error.number()).isEqualTo(229);
        assertThat(error).hasMessageContaining("'" + user + "'").hasMessageContaining(permission.shown());
        assertThat(error).hasMessageContaining("'" + object + "'");
        assertThat(home.dump()).isEqualTo(before);
    }
}
