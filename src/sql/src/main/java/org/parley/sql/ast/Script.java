package org.parley.sql.ast;

import java.util.List;

/**
 * A script: batches that GO separates.
 *
 * @param batches in their order; none is without statements
 */
public record Script(List<Batch> batches) {

    /** Copies its list. */
    public Script {
        batches = List.copyOf(batches);
    }

    /**
     * Statements that are compiled and run together; variables live as long as a run of their batch.
     *
     * @param statements in their order
     * @param times how often it runs; GO n
     * @param line where it begins in the script, from 1
     */
    public record Batch(List<Statement> statements, int times, Position line) {

        /** Copies its list. */
        public Batch {
            statements = List.copyOf(statements);
        }
    }
}
