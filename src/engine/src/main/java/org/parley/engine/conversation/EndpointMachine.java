package org.parley.engine.conversation;

import static org.parley.engine.conversation.Effect.CLEAR_QUEUE;
import static org.parley.engine.conversation.Effect.CLOSE;
import static org.parley.engine.conversation.Effect.DISCARD;
import static org.parley.engine.conversation.Effect.ENQUEUE;
import static org.parley.engine.conversation.Effect.REMOVE;
import static org.parley.engine.conversation.Effect.SEND_END;
import static org.parley.engine.conversation.Effect.SEND_ERROR;
import static org.parley.engine.conversation.Effect.SEND_MESSAGE;

import java.util.Set;
import org.parley.engine.conversation.EndpointState.Far;
import org.parley.engine.conversation.EndpointState.Own;
import org.parley.engine.conversation.Transition.Move;
import org.parley.engine.conversation.Transition.Refusal;

/** The transitions of service-broker.md, section 3.2, in one place. */
public final class EndpointMachine {

    private static final int BAD_STATE_FOR_END = 8427;
    private static final int BAD_STATE_FOR_SEND = 8429;
    private static final int BAD_STATE_FOR_MOVE = 8438;
    private static final int BAD_STATE_FOR_TIMER = 8458;

    private EndpointMachine() {}

    /** What comes of an event in a state. The same arguments always give the same answer. */
    public static Transition apply(EndpointState state, Event event) {
        return switch (event) {
            case SEND -> send(state);
            case END -> end(state, SEND_END);
            case END_WITH_ERROR -> end(state, SEND_ERROR);
            case CLEANUP -> cleanup(state);
            case SET_TIMER -> state.own().over() ? new Refusal(BAD_STATE_FOR_TIMER) : move(state, Effect.SET_TIMER);
            case MOVE -> state.own().over() ? new Refusal(BAD_STATE_FOR_MOVE) : move(state, Effect.CHANGE_GROUP);
            case MESSAGE_ARRIVES -> listens(state) ? move(state, ENQUEUE) : move(state, DISCARD);
            case END_ARRIVES -> arrives(state, Far.ENDED);
            case ERROR_ARRIVES -> errorArrives(state);
            case TIMER_PASSES -> state.own().over() ? move(state, DISCARD) : move(state, ENQUEUE);
            case ACKNOWLEDGED ->
                state.own() == Own.ENDING ? new Move(new EndpointState(Own.ENDED, state.far()), Set.of()) : move(state);
        };
    }

    private static Transition send(EndpointState state) {
        return listens(state)
                ? new Move(new EndpointState(Own.OPEN, state.far()), Set.of(SEND_MESSAGE))
                : new Refusal(BAD_STATE_FOR_SEND);
    }

    private static Transition end(EndpointState state, Effect news) {
        if (state.own().over()) {
            return new Refusal(BAD_STATE_FOR_END);
        }
        if (state.own() == Own.UNSENT) {
            // neither EndDialog nor Error may be the first message: the other side never hears of this dialog
            return new Move(new EndpointState(Own.ENDED, state.far()), Set.of(CLEAR_QUEUE, REMOVE));
        }
        if (state.far() != Far.ACTIVE) {
            // the other side has ended or an error has been told to it: WITH ERROR becomes a plain end
            return new Move(new EndpointState(Own.ENDED, state.far()), Set.of(CLEAR_QUEUE, CLOSE));
        }
        return new Move(new EndpointState(Own.ENDING, state.far()), Set.of(news, CLEAR_QUEUE, CLOSE));
    }

    private static Transition cleanup(EndpointState state) {
        // a side that has ended needs no more: the engine removes its row; one still ending may have messages that wait
        return state.own() == Own.ENDED
                ? move(state)
                : new Move(new EndpointState(Own.ENDED, state.far()), Set.of(CLEAR_QUEUE, REMOVE));
    }

    private static Transition arrives(EndpointState state, Far heard) {
        if (state.own().over()) {
            // both ended at once: nothing is owed any more
            return new Move(new EndpointState(Own.ENDED, heard), Set.of(DISCARD));
        }
        return state.far() == Far.ACTIVE
                ? new Move(new EndpointState(state.own(), heard), Set.of(ENQUEUE))
                : move(state, DISCARD);
    }

    private static Transition errorArrives(EndpointState state) {
        if (!state.own().over() && state.far() == Far.ENDED) {
            // DI: the lifetime passes though the other side has ended; only this side is told
            return new Move(new EndpointState(state.own(), Far.FAILED), Set.of(ENQUEUE));
        }
        return arrives(state, Far.FAILED);
    }

    private static boolean listens(EndpointState state) {
        return !state.own().over() && state.far() == Far.ACTIVE;
    }

    private static Transition move(EndpointState state, Effect... effects) {
        return new Move(state, Set.of(effects));
    }
}
