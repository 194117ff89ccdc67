package org.parley.engine.routing;

import java.util.Optional;
import java.util.UUID;
import org.parley.engine.catalog.BodyCheck.Violation;
import org.parley.engine.catalog.CatalogSnapshot;
import org.parley.engine.catalog.Contract;
import org.parley.engine.catalog.Service;
import org.parley.engine.conversation.EndpointState;
import org.parley.engine.fault.FaultPoint;
import org.parley.engine.queue.Endpoint;
import org.parley.engine.queue.EndpointTable;
import org.parley.engine.queue.Group;
import org.parley.engine.queue.Transit;
import org.parley.engine.security.ForeignDelivery;
import org.parley.engine.store.EndpointRow;
import org.parley.engine.store.EndpointRow.Stage;
import org.parley.engine.store.Positions;
import org.parley.engine.store.StoreTransaction;
import org.parley.engine.store.TransitRow;

/** The target side of a dialog that another database has begun, made when its first message arrives. */
final class NewTarget {

    private final Station station;
    private final Aftercare aftercare;
    private final EndpointTable table;
    private Service service;
    private Contract contract;
    private Group group;
    private Endpoint endpoint;
    private Transit transit;

    NewTarget(Station station, Aftercare aftercare, EndpointTable table) {
        this.station = station;
        this.aftercare = aftercare;
        this.table = table;
    }

    /** Why the dialog is refused, if it is. A service that is missing is no reason: the first message comes again. */
    Optional<Violation> check(Frame first) {
        CatalogSnapshot definitions = aftercare.definitions();
        Frame.Header header = first.header();
        service = definitions.service(header.toService()).orElse(null);
        if (service == null) {
            return Optional.empty();
        }
        contract = definitions.contract(header.contract()).orElse(null);
        if (contract == null) {
            return Optional.of(new Violation(
                    8425, "Contract '" + header.contract() + "' does not exist in database '" + station.name() + "'."));
        }
        if (!service.accepts(contract.id())) {
            return Optional.of(new Violation(
                    8408,
                    "Service '" + service.name() + "' does not accept dialogs on contract '" + contract.name() + "'."));
        }
        Optional<ForeignDelivery.Refused> denied =
                ForeignDelivery.judge(definitions.principals(), header.owner(), service.id(), service.name());
        return denied.map(refused -> Optional.of(new Violation(refused.number(), refused.reason())))
                .orElseGet(() -> new ArrivalCheck(aftercare, station.name(), contract.id()).judge(first));
    }

    /** Makes it, its group held by the engine; false when there is no service for it, or its lifetime is over. */
    boolean make(Frame.Header header) {
        if (service == null || header.lifetime() <= aftercare.clock().millis()) {
            return false;
        }
        EndpointRow row = new EndpointRow(
                2 * aftercare.nextConversation() + 1,
                UUID.randomUUID(),
                header.conversation(),
                service.id(),
                contract.id(),
                UUID.randomUUID(),
                header.fromService(),
                header.fromBroker(),
                header.encrypted(),
                aftercare.definitions().priority(contract.id(), service.id(), header.fromService()),
                header.lifetime(),
                Stage.OPEN,
                Positions.FIRST);
        transit = new Transit(TransitRow.first(row.id(), header.fromBroker()));
        return table.locked(() -> {
            Group made = table.group(row.group(), service.id());
            made.hold(EngineHold.INSTANCE);
            group = made;
            table.useContract(contract.id(), 1);
            endpoint = new Endpoint(row, made, EndpointState.CONVERSING, 0);
            return aftercare.stays(service.id(), contract.id());
        });
    }

    Endpoint endpoint() {
        return endpoint;
    }

    Transit transit() {
        return transit;
    }

    void write(StoreTransaction tx) {
        tx.insertEndpoint(endpoint.begun());
        FaultPoint.ARRIVE_TARGET_WRITTEN.reach();
        tx.putTransit(transit.row(endpoint.id()));
    }

    /** After the commit, under the table's lock. */
    void apply() {
        table.add(endpoint);
        table.travels(endpoint, transit);
        aftercare.begun(endpoint);
        table.journal().began(endpoint);
        table.journal().stored();
    }

    /** Whatever has happened. Under the table's lock. */
    void letGo() {
        if (group != null) {
            table.useContract(contract.id(), -1);
            aftercare.free(group);
        }
    }
}
