package org.parley.cli;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.parley.Catalog;
import org.parley.LocalConnection;
import org.parley.Parley;

/** Names that statements may mean: of the objects in the current database, and of databases. */
final class ObjectNames implements Supplier<Set<String>> {

    private final Parley server;
    private final LocalConnection connection;

    ObjectNames(Parley server, LocalConnection connection) {
        this.server = server;
        this.connection = connection;
    }

    @Override
    public Set<String> get() {
        Catalog catalog = connection.catalog();
        Set<String> names = new TreeSet<>(server.server().databasesInHome());
        catalog.messageTypes().forEach(each -> names.add(each.name()));
        catalog.contracts().forEach(each -> names.add(each.name()));
        catalog.queues().forEach(each -> names.add(each.name()));
        catalog.services().forEach(each -> names.add(each.name()));
        catalog.routes().forEach(each -> names.add(each.name()));
        catalog.brokerPriorities().forEach(each -> names.add(each.name()));
        catalog.users().forEach(each -> names.add(each.name()));
        return names;
    }
}
