package org.parley;

/**
 * A stored procedure of the statement language; it takes no parameters.
 *
 * @param name its name without schema
 * @param text the whole CREATE PROCEDURE statement, as written
 * @param executeAs CALLER, SELF, OWNER or the name of a user; null means CALLER
 */
public record ProcedureDefinition(String name, String text, String executeAs) {}
