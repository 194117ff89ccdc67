package org.parley.engine.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.parley.engine.conversation.EndpointState.Far;
import org.parley.engine.conversation.EndpointState.Own;

/** Every event in every state, against the table of service-broker.md, section 3.2. */
class EndpointMachineTest {

    /**
     * Rows are events, columns states; "SE" is ER before anything was sent. A cell is a number that refuses, or the state
     * afterwards and what is to be done.
     */
    private static final String TABLE = """
            event           | SO                    | SE                    | CO                          | DI                   | ER                   | DO                    | CD
            SEND            | CO SEND_MESSAGE       | 8429                  | CO SEND_MESSAGE             | 8429                 | 8429                 | 8429                  | 8429
            END             | CD CLEAR_QUEUE REMOVE | CD CLEAR_QUEUE REMOVE | DO SEND_END CLEAR_QUEUE CLOSE | CD CLEAR_QUEUE CLOSE | CD CLEAR_QUEUE CLOSE | 8427              | 8427
            END_WITH_ERROR  | CD CLEAR_QUEUE REMOVE | CD CLEAR_QUEUE REMOVE | DO SEND_ERROR CLEAR_QUEUE CLOSE | CD CLEAR_QUEUE CLOSE | CD CLEAR_QUEUE CLOSE | 8427              | 8427
            CLEANUP         | CD CLEAR_QUEUE REMOVE | CD CLEAR_QUEUE REMOVE | CD CLEAR_QUEUE REMOVE       | CD CLEAR_QUEUE REMOVE | CD CLEAR_QUEUE REMOVE | CD CLEAR_QUEUE REMOVE | CD
            SET_TIMER       | SO SET_TIMER          | SE SET_TIMER          | CO SET_TIMER                | DI SET_TIMER         | ER SET_TIMER         | 8458                  | 8458
            MOVE            | SO CHANGE_GROUP       | SE CHANGE_GROUP       | CO CHANGE_GROUP             | DI CHANGE_GROUP      | ER CHANGE_GROUP      | 8438                  | 8438
            MESSAGE_ARRIVES | SO ENQUEUE            | SE DISCARD            | CO ENQUEUE                  | DI DISCARD           | ER DISCARD           | DO DISCARD            | CD DISCARD
            END_ARRIVES     | DI ENQUEUE            | SE DISCARD            | DI ENQUEUE                  | DI DISCARD           | ER DISCARD           | CD DISCARD            | CD DISCARD
            ERROR_ARRIVES   | SE ENQUEUE            | SE DISCARD            | ER ENQUEUE                  | ER ENQUEUE           | ER DISCARD           | CD DISCARD            | CD DISCARD
            TIMER_PASSES    | SO ENQUEUE            | SE ENQUEUE            | CO ENQUEUE                  | DI ENQUEUE           | ER ENQUEUE           | DO DISCARD            | CD DISCARD
            ACKNOWLEDGED    | SO                    | SE                    | CO                          | DI                   | ER                   | CD                    | CD
            """;

    private static final Map<String, String> CELLS = cells();

    private static Map<String, String> cells() {
        List<String> lines = TABLE.lines().toList();
        List<String> states = split(lines.get(0));
        Map<String, String> cells = new HashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            List<String> row = split(line);
            for (int i = 1; i < row.size(); i++) {
                cells.put(row.get(0) + " in " + states.get(i), row.get(i));
            }
        }
        return cells;
    }

    private static List<String> split(String line) {
        return Arrays.stream(line.split("\\|")).map(String::strip).toList();
    }

    /** A state and an event; its text names the test. */
    private record Pair(EndpointState state, Event event) {

        @Override
        public String toString() {
            return event + " in " + state.own() + "/" + state.far();
        }
    }

    static List<Pair> pairs() {
        List<Pair> pairs = new ArrayList<>();
        for (Event event : Event.values()) {
            for (Own own : Own.values()) {
                for (Far far : Far.values()) {
                    pairs.add(new Pair(new EndpointState(own, far), event));
                }
            }
        }
        return pairs;
    }

    private static String column(EndpointState state) {
        String shown = state.shown().code();
        return shown.equals("ER") && state.own() == Own.UNSENT ? "SE" : shown;
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void isAsInTheTable(Pair pair) {
        String cell = CELLS.get(pair.event() + " in " + column(pair.state()));
        if (pair.state().own() == Own.UNSENT && pair.state().far() == Far.ENDED) {
            // a side that has never sent has nobody who could end: only that it is judged at all
            cell = null;
        }
        Transition transition = EndpointMachine.apply(pair.state(), pair.event());
        assertThat(transition).isEqualTo(EndpointMachine.apply(pair.state(), pair.event()));
        if (cell != null) {
            assertThat(text(transition)).isEqualTo(normal(cell));
        }
    }

    private static String text(Transition transition) {
        if (transition instanceof Transition.Refusal refusal) {
            return Integer.toString(refusal.number());
        }
        Transition.Move move = (Transition.Move) transition;
        return text(column(move.next()), move.effects());
    }

    private static String normal(String cell) {
        Set<Effect> effects = EnumSet.noneOf(Effect.class);
        String[] words = cell.split(" ");
        for (int i = 1; i < words.length; i++) {
            effects.add(Effect.valueOf(words[i]));
        }
        return text(words[0], effects);
    }

    private static String text(String state, Set<Effect> effects) {
        return effects.isEmpty() ? state : state + " " + EnumSet.copyOf(effects);
    }

    @Test
    void anEndIsNeverTakenBack() {
        for (Pair pair : pairs()) {
            if (EndpointMachine.apply(pair.state(), pair.event()) instanceof Transition.Move move) {
                assertThat(move.next().own())
                        .isGreaterThanOrEqualTo(pair.state().own());
            }
        }
    }
}
