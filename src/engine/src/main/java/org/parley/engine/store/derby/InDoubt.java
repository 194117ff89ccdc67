package org.parley.engine.store.derby;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.apache.derby.jdbc.EmbeddedXADataSource;
import org.parley.engine.fault.FaultPoint;
import org.parley.engine.store.StoreException;
import org.parley.engine.store.StoreException.Kind;

/** Prepared transactions of a database, asked for anew each time: memory would know only this process's. */
final class InDoubt {

    private final EmbeddedXADataSource source = new EmbeddedXADataSource();

    InDoubt(Path database) {
        source.setDatabaseName(DerbyEngine.name(database));
    }

    @FunctionalInterface
    private interface Call<T> {
        T on(XAResource resource) throws XAException;
    }

    List<Xid> list() {
        FaultPoint.IN_DOUBT_LISTED.reach();
        return call(
                "Listing prepared transactions",
                resource -> List.of(resource.recover(XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN)));
    }

    void commit(Xid xid) {
        call("Committing prepared transaction " + xid, resource -> {
            resource.commit(xid, false);
            return null;
        });
    }

    void rollback(Xid xid) {
        call("Rolling prepared transaction " + xid + " back", resource -> {
            resource.rollback(xid);
            return null;
        });
    }

    private <T> T call(String doing, Call<T> call) {
        try {
            XAConnection connection = source.getXAConnection();
            try {
                return call.on(connection.getXAResource());
            } finally {
                connection.close();
            }
        } catch (XAException e) {
            Kind kind = e.errorCode == XAException.XAER_RMFAIL ? Kind.UNAVAILABLE : Kind.STATEMENT;
            throw new StoreException(kind, doing + ": " + e.getMessage() + " (XA error " + e.errorCode + ")", e);
        } catch (SQLException e) {
            throw Failure.of(doing, e);
        }
    }
}
