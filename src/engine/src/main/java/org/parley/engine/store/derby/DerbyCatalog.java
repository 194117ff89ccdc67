package org.parley.engine.store.derby;

import org.parley.engine.store.CatalogRows;
import org.parley.engine.store.CatalogWriter;
import org.parley.engine.store.SecurityWriter;

/** Definitions to their tables. Also keeps the counter that says which ids have been given. */
final class DerbyCatalog implements CatalogWriter {

    private final Statements statements;

    DerbyCatalog(Statements statements) {
        this.statements = statements;
    }

    /** Runs one statement with its values. */
    @FunctionalInterface
    interface Statements {
        int run(Sql sql, Object... values);

        /** All have been run. */
        default void finish() {}
    }

    @Override
    public void finish() {
        statements.finish();
    }

    private void insert(int id, Sql sql, Object... values) {
        statements.run(Sql.RAISE_COUNTER, (long) id, Counter.CATALOG.name(), (long) id);
        statements.run(sql, values);
    }

    @Override
    public void insert(CatalogRows.MessageTypeRow row) {
        insert(
                row.id(),
                Sql.INSERT_MESSAGE_TYPE,
                row.id(),
                row.name(),
                row.validation().name());
    }

    @Override
    public void insert(CatalogRows.ContractRow row) {
        insert(row.id(), Sql.INSERT_CONTRACT, row.id(), row.name());
        row.sentBy().forEach((type, by) -> statements.run(Sql.INSERT_CONTRACT_TYPE, row.id(), type, by.name()));
    }

    @Override
    public void insert(CatalogRows.QueueRow row) {
        insert(row.id(), Sql.INSERT_QUEUE, row.id(), row.name(), row.on());
    }

    @Override
    public void insert(CatalogRows.ServiceRow row) {
        insert(row.id(), Sql.INSERT_SERVICE, row.id(), row.name(), row.queue());
        row.contracts().forEach(contract -> statements.run(Sql.INSERT_SERVICE_CONTRACT, row.id(), contract));
    }

    @Override
    public void setQueueStatus(int queue, boolean on) {
        statements.run(Sql.UPDATE_QUEUE, on, queue);
    }

    @Override
    public void deleteMessageType(int id) {
        statements.run(Sql.DELETE_MESSAGE_TYPE, id);
    }

    @Override
    public void deleteContract(int id) {
        statements.run(Sql.DELETE_CONTRACT_TYPES, id);
        statements.run(Sql.DELETE_CONTRACT, id);
    }

    @Override
    public void deleteQueue(int id) {
        statements.run(Sql.DELETE_QUEUE, id);
    }

    @Override
    public void deleteService(int id) {
        statements.run(Sql.DELETE_SERVICE_CONTRACTS, id);
        statements.run(Sql.DELETE_SERVICE, id);
    }

    @Override
    public SecurityWriter security() {
        return new DerbySecurity(statements);
    }
}
