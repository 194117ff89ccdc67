package org.parley.tests.payara.probe;

import jakarta.annotation.Resource;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.parley.BrokerConnection;
import org.parley.BrokerConnectionFactory;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.Message;
import org.parley.QueueDefinition;
import org.parley.Receive;
import org.parley.ServiceDefinition;
import org.parley.tests.ladder.app.Sight;

/**
 * {@code ?define=Q} defines queue and service, {@code ?ask=Q} gives the answer of Q's bean, {@code ?send=Q&text=TEXT} doesn't
 * wait for it, {@code ?take=Q} takes what has come to Q, a line each, else: the activations.
 */
@WebServlet("/")
public class ProbeServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    /** Who asks. */
    public static final String CALLER = "ProbeCaller";

    private static final Duration LONGEST = Duration.ofSeconds(20);

    @Resource(lookup = "eis/parley")
    private transient BrokerConnectionFactory factory;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String define = request.getParameter("define");
        String ask = request.getParameter("ask");
        String send = request.getParameter("send");
        String take = request.getParameter("take");
        String answer = Sight.activations().toString();
        try (BrokerConnection connection = factory.getConnection()) {
            if (define != null) {
                define(connection, define);
            } else if (ask != null) {
                answer = ask(connection, ask);
            } else if (send != null) {
                connection.begin(Dialog.between(CALLER, send)).send("DEFAULT", request.getParameter("text"));
            } else if (take != null) {
                answer = take(connection, take);
            }
        }
        response.setContentType("text/plain; charset=UTF-8");
        response.getWriter().print(answer);
    }

    private static void define(BrokerConnection connection, String queue) {
        connection.catalog().define(new QueueDefinition(queue, true));
        connection.catalog().define(new ServiceDefinition(queue, queue, Set.of("DEFAULT")));
    }

    private static String take(BrokerConnection connection, String queue) {
        List<String> taken = new ArrayList<>();
        List<Message> messages = connection.receive(Receive.from(queue));
        while (!messages.isEmpty()) {
            messages.forEach(message -> taken.add(message.text()));
            messages = connection.receive(Receive.from(queue));
        }
        return String.join("\n", taken);
    }

    private static String ask(BrokerConnection connection, String queue) {
        define(connection, CALLER);
        try (Conversation conversation = connection.begin(Dialog.between(CALLER, queue))) {
            UUID handle = conversation.handle();
            conversation.send("DEFAULT", "echo");
            List<Message> answers = connection.receive(
                    Receive.from(CALLER).ofConversation(handle).waiting(LONGEST));
            conversation.end();
            return answers.isEmpty() ? "no answer" : answers.get(0).text();
        }
    }
}
