package org.parley;

/**
 * A login: who may come to the server as a whole. Users of databases stand for logins.
 *
 * @param name 1 to 128 characters, compared as it is written
 * @param password whether it has a password; the password itself is known to nobody
 * @param certificate certificate of {@code master} that proves it, or null
 * @param enabled whether it may come
 */
public record LoginDefinition(String name, boolean password, String certificate, boolean enabled) {}
