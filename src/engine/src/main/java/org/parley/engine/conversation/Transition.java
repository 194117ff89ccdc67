package org.parley.engine.conversation;

import java.util.Set;

/** What comes of an event: a move or a refusal. */
public sealed interface Transition {

    /**
     * The side moves.
     *
     * @param next state afterwards
     * @param effects what has to be done
     */
    record Move(EndpointState next, Set<Effect> effects) implements Transition {}

    /**
     * The event isn't allowed in this state.
     *
     * @param number error number; service-broker.md, section 3.2
     */
    record Refusal(int number) implements Transition {}
}
