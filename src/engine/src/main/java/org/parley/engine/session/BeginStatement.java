package org.parley.engine.session;

import java.time.Duration;
import java.util.UUID;
import org.parley.BrokerException;
import org.parley.Dialog;
import org.parley.engine.catalog.CatalogSnapshot;
import org.parley.engine.catalog.Contract;
import org.parley.engine.catalog.Service;
import org.parley.engine.conversation.EndpointState;
import org.parley.engine.database.OpenDatabase;
import org.parley.engine.fault.FaultPoint;
import org.parley.engine.queue.Group;
import org.parley.engine.store.EndpointRow;
import org.parley.engine.store.EndpointRow.Stage;
import org.parley.engine.store.Positions;
import org.parley.engine.tx.Branch;
import org.parley.engine.tx.Draft;

/** BEGIN DIALOG; service-broker.md, section 5.1. */
final class BeginStatement {

    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_BROKER = 128;
    private static final Duration LONGEST_LIFETIME = Duration.ofSeconds(Integer.MAX_VALUE);

    private final OpenDatabase database;
    private final EndpointAccess endpoints;

    BeginStatement(OpenDatabase database, EndpointAccess endpoints) {
        this.database = database;
        this.endpoints = endpoints;
    }

    UUID run(Branch branch, Dialog dialog) {
        CatalogSnapshot catalog = database.catalog().snapshot();
        Service service = catalog.service(dialog.fromService())
                .orElseThrow(() -> new BrokerException(
                        8423,
                        "Service '" + dialog.fromService() + "' does not exist in database '" + database.name()
                                + "'."));
        Contract contract = catalog.contract(dialog.contract())
                .orElseThrow(() -> new BrokerException(
                        8425,
                        "Contract '" + dialog.contract() + "' does not exist in database '" + database.name() + "'."));
        if (dialog.toService().length() > LONGEST_NAME) {
            throw new BrokerException(
                    8412,
                    "The name of the target service has " + dialog.toService().length()
                            + " characters; allowed are 1 to " + LONGEST_NAME + ".");
        }
        long lifetime =
                database.context().clock().instant().plus(lifetime(dialog)).toEpochMilli();
        UUID broker = broker(dialog.toBroker());
        long number = database.nextConversation();
        return database.table().locked(() -> {
            Group group = group(branch, dialog, service);
            FaultPoint.BEGIN_HELD.reach();
            branch.held().use(contract.id());
            if (!database.catalog().snapshot().has(service.id())) {
                throw new BrokerException(8423, "Service '" + service.name() + "' is being dropped.");
            }
            if (!database.catalog().snapshot().has(contract.id())) {
                throw new BrokerException(8425, "Contract '" + contract.name() + "' is being dropped.");
            }
            EndpointRow row = new EndpointRow(
                    2 * number,
                    UUID.randomUUID(),
                    UUID.randomUUID(),
                    service.id(),
                    contract.id(),
                    group.id(),
                    dialog.toService(),
                    broker,
                    dialog.encryption(),
                    catalog.priority(contract.id(), service.id(), dialog.toService()),
                    lifetime,
                    Stage.OPEN,
                    Positions.FIRST);
            branch.begin(row, group, EndpointState.BEGUN);
            FaultPoint.BEGIN_DRAFTED.reach();
            return row.handle();
        });
    }

    /** The instance that is meant, or null for any. */
    private UUID broker(String given) {
        if (given == null) {
            return null;
        }
        if (given.length() > LONGEST_BROKER) {
            throw new BrokerException(
                    8413,
                    "The broker instance of the target service has " + given.length() + " characters; allowed are 1 to "
                            + LONGEST_BROKER + ".");
        }
        if (given.equalsIgnoreCase(Dialog.CURRENT_DATABASE)) {
            return database.store().brokerInstance();
        }
        try {
            return UUID.fromString(given.strip());
        } catch (IllegalArgumentException e) {
            throw new BrokerException(
                    8412,
                    "'" + given + "' is no broker instance; allowed is a GUID, as in PARLEY.DATABASES, or '"
                            + Dialog.CURRENT_DATABASE + "'.",
                    e);
        }
    }

    private static Duration lifetime(Dialog dialog) {
        Duration lifetime = dialog.lifetime();
        if (lifetime == null) {
            return LONGEST_LIFETIME;
        }
        if (lifetime.compareTo(Duration.ofSeconds(1)) < 0 || lifetime.compareTo(LONGEST_LIFETIME) > 0) {
            throw new BrokerException(
                    8411,
                    "The lifetime of a dialog is " + lifetime.toSeconds() + " seconds; allowed is 1 to "
                            + Integer.MAX_VALUE + ".");
        }
        return Duration.ofSeconds(lifetime.toSeconds());
    }

    private Group group(Branch branch, Dialog dialog, Service service) {
        Group group;
        if (dialog.relatedConversation() != null) {
            Draft related = endpoints.hold(branch, dialog.relatedConversation());
            group = related.group();
        } else {
            UUID id = dialog.relatedGroup() == null ? UUID.randomUUID() : dialog.relatedGroup();
            group = hold(branch, id, service);
        }
        if (group.service() != service.id()) {
            throw new BrokerException(
                    9610,
                    "Conversation group " + group.id() + " belongs to service '"
                            + database.catalog()
                                    .snapshot()
                                    .service(group.service())
                                    .name() + "'; a dialog from service '"
                            + service.name() + "' can't join it.");
        }
        return group;
    }

    private Group hold(Branch branch, UUID id, Service service) {
        while (true) {
            Group group = database.table().group(id, service.id());
            database.locks().hold(branch, group);
            if (database.table().group(id) == group) {
                return group;
            }
            // it was discarded by its last holder while this branch waited: hold the one that stands for the id now
        }
    }
}
