package org.parley.engine.catalog;

import java.util.List;
import java.util.Objects;
import java.util.function.IntSupplier;
import org.parley.BrokerException;
import org.parley.BrokerPriorityDefinition;
import org.parley.SystemMessageTypes;
import org.parley.engine.store.CatalogRows.PriorityRow;

/** Changes broker priorities; service-broker.md, section 15. */
final class PriorityEditor {

    private static final int LONGEST_SERVICE = 256;

    private final Kind<PriorityRow> priorities;
    private final Kind<Contract> contracts;
    private final Kind<Service> services;
    private final IntSupplier nextId;

    PriorityEditor(Kind<PriorityRow> priorities, Kind<Contract> contracts, Kind<Service> services, IntSupplier nextId) {
        this.priorities = priorities;
        this.contracts = contracts;
        this.services = services;
        this.nextId = nextId;
    }

    void define(BrokerPriorityDefinition wanted) {
        CatalogErrors.checkName("broker priority", wanted.name());
        PriorityRow old = priorities.find(wanted.name());
        PriorityRow made = row(old == null ? 0 : old.id(), wanted);
        if (old == null) {
            refuseSame(made);
            priorities.insert(row(nextId.getAsInt(), wanted));
        } else if (!old.equals(made)) {
            throw new BrokerException(
                    CatalogErrors.PRIORITY_EXISTS,
                    "Broker priority '" + wanted.name()
                            + "' exists with another contract, service or level; ALTER BROKER PRIORITY changes it.");
        }
    }

    void alter(BrokerPriorityDefinition wanted) {
        PriorityRow changed = row(priorities.existing(wanted.name(), "altered").id(), wanted);
        refuseSame(changed);
        priorities.update(changed);
    }

    private PriorityRow row(int id, BrokerPriorityDefinition wanted) {
        if (wanted.level() < 1 || wanted.level() > 10) {
            throw new BrokerException(
                    CatalogErrors.PRIORITY_LEVEL,
                    "PRIORITY_LEVEL of broker priority '" + wanted.name() + "' is " + wanted.level()
                            + "; allowed is 1 to 10.");
        }
        String remote = SystemMessageTypes.canonical(wanted.remoteService());
        if (remote != null && (remote.isEmpty() || remote.length() > LONGEST_SERVICE)) {
            throw new BrokerException(
                    CatalogErrors.PRIORITY_TEXT_TOO_LONG,
                    "REMOTE_SERVICE_NAME of broker priority '" + wanted.name() + "' has " + remote.length()
                            + " characters; allowed are 1 to " + LONGEST_SERVICE + ".");
        }
        return new PriorityRow(id, wanted.name(), contract(wanted), localService(wanted), remote, wanted.level());
    }

    private Integer contract(BrokerPriorityDefinition wanted) {
        if (wanted.contract() == null) {
            return null;
        }
        Contract contract = contracts.find(SystemMessageTypes.canonical(wanted.contract()));
        if (contract == null) {
            throw new BrokerException(
                    CatalogErrors.UNKNOWN_CONTRACT,
                    "Broker priority '" + wanted.name() + "' names the contract '"
                            + CatalogErrors.shortened(wanted.contract())
                            + "', which doesn't exist; names are compared byte by byte.");
        }
        return contract.id();
    }

    private Integer localService(BrokerPriorityDefinition wanted) {
        if (wanted.localService() == null) {
            return null;
        }
        Service service = services.find(SystemMessageTypes.canonical(wanted.localService()));
        if (service == null) {
            throw new BrokerException(
                    CatalogErrors.UNKNOWN_SERVICE,
                    "Broker priority '" + wanted.name() + "' names the local service '"
                            + CatalogErrors.shortened(wanted.localService())
                            + "', which doesn't exist; names are compared byte by byte.");
        }
        return service.id();
    }

    private void refuseSame(PriorityRow made) {
        List<String> same = priorities.names(row -> !row.name().equals(made.name())
                && Objects.equals(row.contract(), made.contract())
                && Objects.equals(row.localService(), made.localService())
                && Objects.equals(row.remoteService(), made.remoteService()));
        if (!same.isEmpty()) {
            throw new BrokerException(
                    CatalogErrors.PRIORITY_EXISTS,
                    "Broker priority '" + made.name() + "' has the same contract, local and remote service as '"
                            + same.get(0) + "'; each three can have one level only.");
        }
    }

    void drop(String name) {
        priorities.delete(priorities.existing(name, "dropped"));
    }
}
