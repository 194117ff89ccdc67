package org.parley.tests.ladder.app;

import jakarta.annotation.Resource;
import jakarta.servlet.annotation.WebServlet;
import jakarta.transaction.UserTransaction;
import javax.sql.DataSource;
import org.parley.BrokerConnectionFactory;

/** Climbs each {@link Rung}. */
@WebServlet("/")
public class LadderServlet extends RungServlet {

    private static final long serialVersionUID = 1;

    @Resource
    private transient UserTransaction transaction;

    @Resource(name = "eis/parley")
    private transient BrokerConnectionFactory parley;

    @Resource(name = "eis/parleyData")
    private transient DataSource tables;

    @Resource(name = "jdbc/second")
    private transient DataSource second;

    @Override
    protected void climb(String rung) throws Exception {
        Rung.valueOf(rung).climb(new Ladder(transaction, parley, tables, second));
    }
}
