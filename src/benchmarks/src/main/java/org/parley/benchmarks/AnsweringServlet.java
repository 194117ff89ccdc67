package org.parley.benchmarks;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** Measures line 6 where the beans are. */
@WebServlet("")
public class AnsweringServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    /** Only says that the application is there. */
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    /** Takes a course, a word on each line; answers with figures, or with what went wrong. */
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain; charset=UTF-8");
        List<String> course = request.getReader().lines().toList();
        PrintWriter answer = response.getWriter();
        try {
            AnsweringBeans.line().run(Course.decoded(course)).forEach(figure -> answer.println(figure.encoded()));
        } catch (Exception e) {
            response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
            e.printStackTrace(answer);
        }
    }
}
