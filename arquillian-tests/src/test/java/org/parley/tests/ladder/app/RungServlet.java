package org.parley.tests.ladder.app;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A posted {@code rung} is climbed; the answer to one that breaks is the reason. */
public abstract class RungServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    /** Climbs the rung of a name; throws when it breaks. */
    protected abstract void climb(String rung) throws Exception;

    /** Tells that it is there. */
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print("The ladder stands.");
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain; charset=UTF-8");
        try {
            climb(request.getParameter("rung"));
        } catch (Exception | AssertionError e) {
            response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
            e.printStackTrace(response.getWriter());
        }
    }
}
