package org.parley.engine.session;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.UUID;
import org.parley.BrokerException;
import org.parley.engine.conversation.EndpointMachine;
import org.parley.engine.conversation.Event;
import org.parley.engine.conversation.Transition;
import org.parley.engine.database.OpenDatabase;
import org.parley.engine.fault.FaultPoint;
import org.parley.engine.tx.Branch;
import org.parley.engine.tx.Draft;

/** BEGIN CONVERSATION TIMER; service-broker.md, section 5.6. */
final class TimerStatement {

    private final OpenDatabase database;
    private final EndpointAccess endpoints;

    TimerStatement(OpenDatabase database, EndpointAccess endpoints) {
        this.database = database;
        this.endpoints = endpoints;
    }

    void run(Branch branch, UUID handle, Duration duration) {
        Draft draft = endpoints.hold(branch, handle);
        if (EndpointMachine.apply(draft.state(), Event.SET_TIMER) instanceof Transition.Refusal refusal) {
            throw Errors.badState(refusal.number(), "set a timer", draft);
        }
        long now = database.context().clock().millis();
        if (duration == null
                || duration.compareTo(Duration.ofSeconds(1)) < 0
                || duration.compareTo(Duration.ofSeconds(Integer.MAX_VALUE)) > 0
                || now + duration.toMillis() > draft.begun().lifetime()) {
            throw new BrokerException(
                    8410,
                    "The timer of conversation " + handle + " is set to "
                            + (duration == null ? "null" : seconds(duration))
                            + "; allowed is 1 second or more, up to what is left of the dialog's lifetime, "
                            + seconds(Duration.ofMillis(draft.begun().lifetime() - now)) + ".");
        }
        draft.timer(now + duration.toMillis());
        FaultPoint.TIMER_DRAFTED.reach();
    }

    private static String seconds(Duration duration) {
        BigDecimal seconds = BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
        return seconds.stripTrailingZeros().toPlainString() + " seconds";
    }
}
