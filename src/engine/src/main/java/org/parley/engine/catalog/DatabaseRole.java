package org.parley.engine.catalog;

import java.util.ArrayList;
import java.util.List;
import org.parley.DatabaseOptions;
import org.parley.engine.store.CatalogRows;
import org.parley.engine.store.CatalogRows.OptionsRow;
import org.parley.engine.store.CatalogRows.RouteRow;

/**
 * What a broker database is to its server; its name says it. What differs from other databases follows from the role and isn't
 * stored, so that all of them are copied from one template; service-broker.md, section 1.1.
 */
public enum DatabaseRole {
    /** One of the users'. */
    USER,
    /** Logins, the network endpoint and its certificates; without delivery, for ever, and without a route. */
    MASTER,
    /** Its routes are for what arrives from outside; trusted from the beginning. */
    MSDB;

    /** Id of the route that the template brings along. */
    private static final int TEMPLATE_ROUTE = 1;

    /** By the name of the database. */
    public static DatabaseRole of(String database) {
        return switch (database) {
            case "master" -> MASTER;
            case "msdb" -> MSDB;
            default -> USER;
        };
    }

    /** What is stored, with what the role adds and takes away. */
    public CatalogRows complete(CatalogRows stored) {
        if (this == USER) {
            return stored;
        }
        List<CatalogRows.Row> rows = new ArrayList<>(stored.all());
        if (this == MASTER) {
            rows.removeIf(row -> row instanceof RouteRow && row.id() == TEMPLATE_ROUTE);
        }
        if (rows.stream().noneMatch(OptionsRow.class::isInstance)) {
            rows.add(new OptionsRow(new DatabaseOptions(this != MASTER, this == MSDB, false, false), null, 0, 0));
        }
        return new CatalogRows(rows);
    }
}
