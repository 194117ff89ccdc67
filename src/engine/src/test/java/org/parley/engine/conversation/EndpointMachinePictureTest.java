package org.parley.engine.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.parley.ConversationState;
import org.parley.engine.conversation.EndpointState.Far;
import org.parley.engine.conversation.EndpointState.Own;

/**
 * The page of the manual that shows the states is what the machine does; service-broker.md, section 3. It is written anew
 * with {@code -Dparley.write.pictures=true}.
 */
class EndpointMachinePictureTest {

    private static final Path PAGE = Path.of("..", "site", "markdown", "states.md");

    /** Pairs that exist: who has never sent has nobody who could end. */
    private static List<EndpointState> states() {
        List<EndpointState> states = new ArrayList<>();
        for (Own own : Own.values()) {
            for (Far far : Far.values()) {
                if (own != Own.UNSENT || far != Far.ENDED) {
                    states.add(new EndpointState(own, far));
                }
            }
        }
        return states;
    }

    /** For each arrow between two shown states the events that take it; what stays is no arrow. */
    private static Map<String, Set<Event>> arrows() {
        Map<String, Set<Event>> arrows = new LinkedHashMap<>();
        for (EndpointState state : states()) {
            for (Event event : Event.values()) {
                if (happens(state, event)
                        && EndpointMachine.apply(state, event) instanceof Transition.Move move
                        && move.next().shown() != state.shown()) {
                    String arrow =
                            state.shown().code() + " --> " + move.next().shown().code();
                    arrows.computeIfAbsent(arrow, key -> EnumSet.noneOf(Event.class))
                            .add(event);
                }
            }
        }
        return arrows;
    }

    private static String picture() {
        StringBuilder picture = new StringBuilder("```mermaid\nstateDiagram-v2\n");
        for (ConversationState state : shown()) {
            picture.append("    %s : %s%n".formatted(state.code(), state));
        }
        picture.append("    [*] --> SO : begin\n    [*] --> CO : first message arrives\n");
        arrows().forEach((arrow, events) -> picture.append("    %s : %s%n".formatted(arrow, names(events))));
        return picture.append("    CD --> [*]\n```\n").toString().replace(System.lineSeparator(), "\n");
    }

    private static Set<ConversationState> shown() {
        Set<ConversationState> shown = EnumSet.noneOf(ConversationState.class);
        states().forEach(state -> shown.add(state.shown()));
        return shown;
    }

    private static String table() {
        StringBuilder table = new StringBuilder("| event |");
        shown().forEach(state -> table.append(" ").append(state.code()).append(" |"));
        table.append("\n|---|").append("---|".repeat(shown().size())).append("\n");
        for (Event event : Event.values()) {
            table.append("| ").append(name(event)).append(" |");
            for (ConversationState state : shown()) {
                Set<String> cells = new TreeSet<>();
                states().stream().filter(each -> each.shown() == state).forEach(each -> cells.add(cell(each, event)));
                table.append(" ").append(String.join(" or ", cells)).append(" |");
            }
            table.append("\n");
        }
        return table.toString();
    }

    /** Nothing comes back to a side that has sent nothing. */
    private static boolean happens(EndpointState state, Event event) {
        return state.own() != Own.UNSENT
                || event != Event.MESSAGE_ARRIVES && event != Event.END_ARRIVES && event != Event.ACKNOWLEDGED;
    }

    private static String cell(EndpointState state, Event event) {
        if (!happens(state, event)) {
            return "doesn't happen";
        }
        Transition transition = EndpointMachine.apply(state, event);
        if (transition instanceof Transition.Refusal refusal) {
            return "error " + refusal.number();
        }
        Transition.Move move = (Transition.Move) transition;
        String next = move.next().shown() == state.shown()
                ? "stays"
                : "**" + move.next().shown().code() + "**";
        return move.effects().isEmpty() ? next : next + ": " + names(EnumSet.copyOf(move.effects()));
    }

    private static String names(Set<? extends Enum<?>> constants) {
        return String.join(
                ", ", constants.stream().map(EndpointMachinePictureTest::name).toList());
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String page() {
        return """
                # States of a conversation endpoint

                Each side of a dialog has a state of its own. It follows from what the side has done itself and from what it has
                heard of the other one, so that two transactions on the two sides never wait for each other
                ([decision 0002](decisions/0002-state-is-a-pair.md)).

                This page is generated from the engine's state machine, and a test compares it.

                %s
                What an event does in each state: the next state, or that it stays, and what has to be done; or the error of the
                statement. Where there are two answers, the first or the second holds by what has been sent or heard before.

                %s""".formatted(picture(), table());
    }

    @Test
    void thePageShowsWhatTheMachineDoes() throws IOException {
        if (Boolean.getBoolean("parley.write.pictures")) {
            Files.writeString(PAGE, page());
        }
        assertThat(Files.readString(PAGE).replace("\r\n", "\n")).isEqualTo(page());
    }

    @Test
    void everyStateCanBeReachedAndLeft() {
        Set<String> codes = new TreeSet<>();
        shown().forEach(state -> codes.add(state.code()));
        assertThat(codes).containsExactly("CD", "CO", "DI", "DO", "ER", "SO");
        for (String code : codes) {
            if (!code.equals("CD")) {
                assertThat(arrows().keySet()).anyMatch(arrow -> arrow.startsWith(code + " "));
            }
            if (!code.equals("SO")) {
                assertThat(arrows().keySet()).anyMatch(arrow -> arrow.endsWith(" " + code));
            }
        }
    }
}
