package org.parley.benchmarks;

import jakarta.jms.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.naming.InitialContext;
import org.parley.benchmarks.Contender.Equipment;

/**
 * Line 6: message-driven beans that reply, in Payara Micro. Both adapters and their beans are in the same server, as are those
 * who ask, and the comparison is made there.
 */
final class AnsweringBeans implements Line {

    /** Threads that ask. */
    static final int THREADS = 8;

    /** Instances of a bean at a time, as its configuration says it. */
    static final String READERS = "8";

    private static final String ID = "6";

    /** Those of the request, of the reply, and of its receipt: one thread's commits follow each other. */
    private static final int FORCES = 3;

    /** In Artemis the reply is sent through a second session: two prepares and two commits instead of one. */
    private static final int FORCES_IN_TWO_PHASES = 6;

    /** A server's code is run through at every message: compilers have more to do. */
    private static final int WARM_UPS = 3;

    /** Of the server, with its applications. */
    private static final Duration START = Duration.ofSeconds(11);

    private final Path archives;

    AnsweringBeans(Path archives) {
        this.archives = archives;
    }

    @Override
    public List<String> ids() {
        return List.of(ID);
    }

    @Override
    public Duration longest(Course course) {
        return START.plus(line().longest(course.warmingUp(WARM_UPS)));
    }

    @Override
    public List<Figure> run(Course course) throws Exception {
        try (PayaraMicro server = PayaraMicro.start(archives, course.folder())) {
            return server.answer(course.warmingUp(WARM_UPS).encoded())
                    .lines()
                    .map(Figure::decoded)
                    .toList();
        }
    }

    /** The comparison, which only the server can run, and once: the adapter of Artemis looks for the first broker. */
    static Comparison line() {
        return new Comparison(
                ID,
                "Payara Micro: a message-driven bean replies, another one receives the reply",
                1,
                List.of(THREADS),
                List.of(AnsweringBeans::parley, AnsweringBeans::artemis));
    }

    private static Contender parley(Path folder) throws Exception {
        ParleyClient client = InitialContext.doLookup("java:module/ParleyClient");
        client.define();
        return new Contender(
                Contender.PARLEY,
                List.of(new Adapter(client, ParleyServer.home(folder)), Replies.IN_PARLEY),
                FORCES,
                List.of(DerbyMessages.MESSAGES),
                thread -> {
                    UUID dialog = client.begin();
                    return Replies.IN_PARLEY.asked(thread, body -> client.ask(dialog, body));
                });
    }

    /** What the adapter has opened. */
    private record Adapter(ParleyClient client, Path home) implements Equipment {

        @Override
        public void check(List<String> emptied) throws Exception {
            LogForce.requireOn(home, client.durability());
            for (String table : emptied) {
                Rows.requireNoneSoon(table, client::rows);
            }
        }

        @Override
        public void close() {
            // the server does
        }
    }

    private static Contender artemis(Path folder) throws Exception {
        ArtemisClient client = InitialContext.doLookup("java:module/ArtemisClient");
        ArtemisBroker broker = new ArtemisBroker(folder);
        try (Session session = broker.connect().createSession()) {
            // the beans wait for the broker, and for the queues
            for (String queue : List.of(ArtemisClient.REQUESTS, ArtemisClient.ANSWERS)) {
                session.createConsumer(session.createQueue(queue)).close();
            }
        }
        return new Contender(
                Contender.ARTEMIS,
                List.of(broker, Replies.IN_ARTEMIS),
                FORCES_IN_TWO_PHASES,
                List.of(),
                thread -> Replies.IN_ARTEMIS.asked(thread, client::ask));
    }
}
