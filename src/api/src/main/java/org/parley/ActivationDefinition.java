package org.parley;

/**
 * What a queue says about the readers that are started for it; service-broker.md, section 1.5. It holds for
 * message-driven beans too: of two maxima the smaller one.
 *
 * @param on STATUS: whether readers are started; those at work go on
 * @param procedure PROCEDURE_NAME, in one to three parts; {@code null}: none
 * @param maxReaders MAX_QUEUE_READERS over all activations, 0 to 32767; 0 starts none
 * @param executeAs EXECUTE AS: a user; {@code null}: the queue's owner
 */
public record ActivationDefinition(boolean on, String procedure, int maxReaders, String executeAs) {

    /** A queue that says nothing: it starts no procedure, and doesn't limit the beans that read it. */
    public static final ActivationDefinition NONE = new ActivationDefinition(false, null, 0, null);
}
