package org.parley.engine.routing;

import org.parley.spi.BrokerEvent.Conversation.Step;

/**
 * Why the broker ends a conversation with an error.
 *
 * @param number number of the error
 * @param description what it says
 * @param step who has found it out: the broker here, or that of the other side
 */
record Refusal(int number, String description, Step step) {}
