package org.parley.tests.payara.probe;

import jakarta.annotation.Resource;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
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
import org.parley.tests.payara.ladder.Sight;

/** {@code ?define=Q} defines queue and service, {@code ?ask=Q} gives the answer of Q's bean, else: the activations. */
@WebServlet("/")
public class ProbeServlet extends HttpServlet {

    private static final long serialVersionUID = 1;
    private static final String CALLER = "ProbeCaller";
    private static final Duration LONGEST = Duration.ofSeconds(20);

    @Resource(lookup = "eis/parley")
    private transient BrokerConnectionFactory factory;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String define = request.getParameter("define");
        String ask = request.getParameter("ask");
        String answer = Sight.activations().toString();
        try (BrokerConnection connection = factory.getConnection()) {
            if (define != null) {
                define(connection, define);
            } else if (ask != null) {
                answer = ask(connection, ask);
            }
        }
        response.setContentType("text/plain; charset=UTF-8");
        response.getWriter().print(answer);
    }

    private static void define(BrokerConnection connection, String queue) {
        connection.catalog().define(new QueueDefinition(queue, true));
        connection.catalog().define(new ServiceDefinition(queue, queue, Set.of("DEFAULT")));
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
