package org.parley.examples.shop;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.parley.BrokerConnection;
import org.parley.BrokerConnectionFactory;

@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class Setup {

    private static final String SERVICES = """
            CREATE MESSAGE TYPE [//shop/Order] VALIDATION = NONE;
            CREATE MESSAGE TYPE [//shop/Shipped] VALIDATION = EMPTY;
            CREATE CONTRACT [//shop/Ordering] (
                [//shop/Order] SENT BY INITIATOR,
                [//shop/Shipped] SENT BY TARGET
            );
            CREATE QUEUE ShopQueue;
            CREATE QUEUE WarehouseQueue;
            CREATE SERVICE [//shop/Shop] ON QUEUE ShopQueue;
            CREATE SERVICE [//shop/Warehouse] ON QUEUE WarehouseQueue ([//shop/Ordering]);
            """;

    @Resource(lookup = "eis/parley")
    private BrokerConnectionFactory parley;

    @Resource(lookup = "eis/parleyData")
    private DataSource tables;

    @PostConstruct
    void prepare() {
        try (BrokerConnection connection = parley.getConnection()) {
            connection.catalog().define(SERVICES);
        }
        create("CREATE TABLE orders (id CHAR(36) PRIMARY KEY, item VARCHAR(100), shipped BOOLEAN DEFAULT FALSE)");
        create("CREATE TABLE shipments (id CHAR(36) PRIMARY KEY, item VARCHAR(100))");
    }

    private void create(String table) {
        try (Connection connection = tables.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(table);
        } catch (SQLException e) {
            if (!"X0Y32".equals(e.getSQLState())) { // what Derby says of a table that is there
                throw new IllegalStateException(e);
            }
        }
    }
}
