package org.parley.sql.ast;

import java.util.List;

/** Databases and network endpoints. Null stands for what isn't written. */
public sealed interface ServerDefinition extends DefinitionStatement {

    /**
     * CREATE DATABASE.
     *
     * @param attach FOR ATTACH
     * @param options broker options and TRUSTWORTHY in upper case, as in {@link AlterDatabase}
     * @param files files of ON and, beginning with LOG, of LOG ON as text; they have no effect
     */
    record CreateDatabase(Position at, String name, boolean attach, List<DatabaseOption> options, List<String> files)
            implements ServerDefinition {}

    /**
     * ALTER DATABASE ... SET.
     *
     * @param name the database, or null for CURRENT
     * @param termination WITH ROLLBACK IMMEDIATE, WITH NO_WAIT, WITH ROLLBACK AFTER n, in upper case without WITH, or null
     */
    record AlterDatabase(Position at, String name, List<DatabaseOption> options, String termination)
            implements ServerDefinition {}

    /** An option in upper case; on or off, or null for one without (ENABLE_BROKER); the value of one that has another. */
    record DatabaseOption(String name, Boolean on, String value) {}

    /** CREATE or ALTER ENDPOINT ... FOR SERVICE_BROKER; sizes and ports as written. */
    record Endpoint(
            Position at,
            boolean alter,
            String name,
            String owner,
            String state,
            Expression port,
            String address,
            List<Authentication> authentication,
            String encryption,
            List<String> algorithms,
            Boolean forwarding,
            Expression forwardSize)
            implements ServerDefinition {}

    /** WINDOWS with its method, or CERTIFICATE with its name. */
    record Authentication(String kind, String value) {}
}
