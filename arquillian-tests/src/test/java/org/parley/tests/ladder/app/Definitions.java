package org.parley.tests.ladder.app;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.parley.BrokerConnection;
import org.parley.BrokerConnectionFactory;
import org.parley.Catalog;
import org.parley.QueueDefinition;
import org.parley.ServiceDefinition;

/** Queues and services of the ladder, one service for each queue, and its tables. */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class Definitions {

    /** A queue that no bean reads. */
    public static final String UNREAD = "Unread";

    private static final List<String> QUEUES = List.of(
            Exchange.CALLER_QUEUE,
            UNREAD,
            AnsweringBean.QUEUE,
            FailingBean.QUEUE,
            OrderedBean.QUEUE,
            BatchBean.QUEUE,
            EventsBean.QUEUE,
            AloneBean.QUEUE,
            TimedBean.QUEUE);

    @Resource(name = "eis/parley")
    private BrokerConnectionFactory factory;

    @Resource(name = "eis/parleyData")
    private DataSource tables;

    @Resource(name = "jdbc/second")
    private DataSource second;

    @PostConstruct
    void define() {
        try (Connection here = tables.getConnection();
                Connection there = second.getConnection()) {
            Ledger.create(here);
            Ledger.create(there);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        try (BrokerConnection connection = factory.getConnection()) {
            Catalog catalog = connection.catalog();
            for (String queue : QUEUES) {
                catalog.define(new QueueDefinition(queue, true));
                catalog.define(new ServiceDefinition(Exchange.service(queue), queue, Set.of("DEFAULT")));
            }
            Identities.define(catalog);
        }
    }
}
