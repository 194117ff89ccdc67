package org.parley.ra.sight;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.parley.BrokerConnection;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.spi.BrokerServer;
import org.parley.spi.Channel;

/** Transactions in doubt, for operators: shown and ended as the databases' owner. */
final class InDoubtSight {

    private final Supplier<BrokerServer> server;

    InDoubtSight(Supplier<BrokerServer> server) {
        this.server = server;
    }

    Map<String, String> list() {
        Map<String, String> shown = new TreeMap<>();
        BrokerServer open = server.get();
        if (open != null) {
            for (String database : open.databases()) {
                in(
                        database,
                        session -> session.inDoubtBranches()
                                .forEach(branch -> shown.put(database + " " + branch.xid(), branch.toString())));
            }
        }
        return shown;
    }

    void in(String database, Consumer<BrokerConnection> work) {
        BrokerServer open = server.get();
        if (open == null) {
            throw new BrokerException(ErrorNumbers.NOT_RUNNING, "The server is closed.");
        }
        try (Channel channel = open.channel(database, null)) {
            work.accept(channel.session());
        }
    }
}
