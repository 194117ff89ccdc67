package org.parley;

import java.util.Set;

/**
 * A user of a broker database.
 *
 * @param name its name, compared as it is written
 * @param password whether it must prove itself by a password; the password itself is known to nobody
 * @param roles roles it is a member of, {@code db_owner} or {@code db_ddladmin}
 * @param login login of the server that it stands for, or null
 * @param certificate certificate of the database that it stands for, or null
 */
public record UserDefinition(String name, boolean password, Set<String> roles, String login, String certificate) {

    /** Keeps an unmodifiable copy. */
    public UserDefinition {
        roles = Set.copyOf(roles);
    }

    /** A user that stands for nothing else. */
    public UserDefinition(String name, boolean password, Set<String> roles) {
        this(name, password, roles, null, null);
    }
}
