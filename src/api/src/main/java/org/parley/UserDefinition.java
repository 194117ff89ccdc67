package org.parley;

import java.util.Set;

/**
 * A user of a broker database.
 *
 * @param name its name, compared as it is written
 * @param password whether it must prove itself by a password; the password itself is known to nobody
 * @param roles roles it is a member of, {@code db_owner} or {@code db_ddladmin}
 */
public record UserDefinition(String name, boolean password, Set<String> roles) {

    /** Keeps an unmodifiable copy. */
    public UserDefinition {
        roles = Set.copyOf(roles);
    }
}
