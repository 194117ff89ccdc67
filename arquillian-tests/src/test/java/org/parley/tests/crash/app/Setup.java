package org.parley.tests.crash.app;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.parley.BrokerConnection;
import org.parley.BrokerConnectionFactory;
import org.parley.Catalog;
import org.parley.QueueDefinition;
import org.parley.ServiceDefinition;

/** Defines queues and tables. */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class Setup {

    /** Service that asks. */
    public static final String ASKER = "Asker";

    /** Service that answers. */
    public static final String DESK = "Desk";

    /** Messages of a dialog. */
    public static final int MESSAGES = 3;

    @Resource(name = "eis/parley")
    private BrokerConnectionFactory parley;

    @Resource(name = "jdbc/second")
    private DataSource second;

    @PostConstruct
    void set() {
        try (BrokerConnection broker = parley.getConnection();
                Connection ledger = second.getConnection()) {
            Catalog catalog = broker.catalog();
            List<String> services = new ArrayList<>(List.of(ASKER, DESK));
            for (Stop stop : Stop.values()) {
                services.add(stop.queue());
            }
            for (String service : services) {
                catalog.define(new QueueDefinition(service, true));
                catalog.define(new ServiceDefinition(service, service, Set.of("DEFAULT")));
            }
            Ledger.create(ledger);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
