package org.parley.tests.crash.app;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** {@code ?do=ask&with=NUMBER}, {@code ?do=hold&with=STOP&text=TEXT}, {@code ?do=ledger&with=NAME}, ... */
@WebServlet("/")
public class CrashServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @EJB
    private transient Asker asker;

    @Resource(name = "jdbc/second")
    private transient DataSource second;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        response.setContentType("text/plain; charset=UTF-8");
        try {
            response.getWriter()
                    .print(answer(
                            request.getParameter("do"), request.getParameter("with"), request.getParameter("text")));
        } catch (SQLException e) {
            throw new ServletException(e);
        }
    }

    private String answer(String verb, String value, String text) throws SQLException {
        switch (verb) {
            case "ask":
                asker.ask(value);
                return "";
            case "stick":
                asker.ask(Stuck.number());
                return "";
            case "hold":
                asker.hold(Stop.valueOf(value), text);
                return "";
            case "stop":
                asker.stop(Stop.valueOf(value));
                return "";
            case "left":
                return asker.left(Stop.valueOf(value));
            default:
                try (Connection ledger = second.getConnection()) {
                    return verb.equals("ledger")
                            ? String.join("\n", Ledger.valueOf(value).lines(ledger))
                            : InDoubt.text(ledger);
                }
        }
    }
}
