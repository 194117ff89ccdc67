package org.parley.tests.payara;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import jakarta.transaction.UserTransaction;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.parley.BrokerConnection;
import org.parley.BrokerConnectionFactory;
import org.parley.Dialog;
import org.parley.Message;
import org.parley.QueueDefinition;
import org.parley.Receive;
import org.parley.ServiceDefinition;
import org.parley.tests.server.MicroCommands;
import org.parley.tests.server.Places;

/** A test that Arquillian has run inside Payara Micro, as those of an application would be: with its resources injected. */
@ExtendWith(ArquillianExtension.class)
class InContainerIT {

    private static final String GREETINGS = "Greetings";

    @Resource
    private UserTransaction transaction;

    @Resource(lookup = "eis/parley")
    private BrokerConnectionFactory factory;

    @Deployment
    static WebArchive application() {
        MicroCommands.write(Places.emptied("in-container-home"));
        return ShrinkWrap.create(WebArchive.class, "greetings.war")
                .addAsLibrary(Places.jarOf(Assertions.class).toFile());
    }

    @BeforeEach
    void define() {
        try (BrokerConnection connection = factory.getConnection()) {
            connection.catalog().define(new QueueDefinition(GREETINGS, true));
            connection.catalog().define(new ServiceDefinition(GREETINGS, GREETINGS, Set.of("DEFAULT")));
        }
    }

    @Test
    void messageIsReceivedAfterTheCommit() throws Exception {
        transaction.begin();
        try (BrokerConnection connection = factory.getConnection()) {
            connection.begin(Dialog.between(GREETINGS, GREETINGS)).send("DEFAULT", "good day");
            assertThat(connection.receive(Receive.from(GREETINGS))).isEmpty();
        }
        transaction.commit();

        transaction.begin();
        try (BrokerConnection connection = factory.getConnection()) {
            assertThat(connection.receive(Receive.from(GREETINGS)))
                    .extracting(Message::text)
                    .containsExactly("good day");
        }
        transaction.commit();
    }
}
