package org.parley.tests.ladder.app;

import jakarta.annotation.Resource;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.transaction.UserTransaction;
import java.io.IOException;
import javax.sql.DataSource;
import org.parley.BrokerConnectionFactory;

/** A posted {@code rung} is climbed; the answer to one that breaks is the reason. */
@WebServlet("/")
public class LadderServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Resource
    private transient UserTransaction transaction;

    @Resource(name = "eis/parley")
    private transient BrokerConnectionFactory parley;

    @Resource(name = "eis/parleyData")
    private transient DataSource tables;

    @Resource(name = "jdbc/second")
    private transient DataSource second;

    /** Tells that it is there. */
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print("The ladder stands.");
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain; charset=UTF-8");
        try {
            Rung.valueOf(request.getParameter("rung")).climb(new Ladder(transaction, parley, tables, second));
        } catch (Exception | AssertionError e) {
            response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
            e.printStackTrace(response.getWriter());
        }
    }
}
