package org.parley.engine.session;

import java.sql.Connection;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.engine.security.Access;
import org.parley.engine.store.SqlCaller;
import org.parley.engine.store.Store;
import org.parley.engine.tx.Branch;

/** The JDBC face of a channel: statements on tables run in its branch, or, when it has none, each by itself. */
final class ChannelTables {

    private final EngineChannel channel;
    private Store.AutocommitSource autocommit;
    private Store autocommitStore;

    ChannelTables(EngineChannel channel) {
        this.channel = channel;
    }

    Connection open() {
        return channel.statements().database().store().sqlFace(Connection.class, new Host());
    }

    private Store.SqlSource autocommit() {
        Store store = channel.statements().database().store();
        if (autocommitStore != store) {
            autocommit = store.autocommit();
            autocommitStore = store;
        }
        return autocommit;
    }

    /** Gives free what statements without a branch have used. */
    void endAutocommit() {
        if (autocommit != null) {
            autocommit.close();
            autocommit = null;
            autocommitStore = null;
        }
    }

    /** Where the JDBC face works. */
    private final class Host implements Store.SqlHost {

        private final Visit made = channel.at();

        @Override
        public Store.Hold hold() {
            Branch branch = channel.transaction();
            return branch == null ? Store.Hold.NONE : branch.hold();
        }

        @Override
        public Store.SqlSource source() {
            if (made != channel.at()) {
                throw new BrokerException(
                        ErrorNumbers.CLOSED,
                        "This connection was made in database '" + made.database() + "', and a script has led the"
                                + " session to database '" + channel.current() + "'; get another one.");
            }
            Branch branch = channel.branch();
            if (branch == null) {
                return autocommit();
            }
            return branch.work(() -> {
                branch.flush();
                return branch.store();
            });
        }

        @Override
        public SqlCaller caller() {
            return channel.caller().owner() ? Access.OWNER_OF_DATABASE : channel.access(channel.statements());
        }

        @Override
        public boolean inTransaction() {
            return channel.branch() != null;
        }

        @Override
        public void savepointSet(String savepoint) {
            Branch branch = channel.branch();
            branch.work(() -> {
                branch.savepointSet(savepoint);
                return null;
            });
        }

        @Override
        public void rolledBackTo(String savepoint) {
            Branch branch = channel.branch();
            branch.work(() -> {
                branch.rolledBackTo(savepoint);
                return null;
            });
        }
    }
}
