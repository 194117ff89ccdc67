package org.parley;

/**
 * A queue; service-broker.md, section 1.5.
 *
 * @param name 1 to 128 characters, an identifier compared as it is written; a leading {@code dbo.} is dropped
 * @param on STATUS: off, nothing goes in or out
 */
public record QueueDefinition(String name, boolean on) {}
