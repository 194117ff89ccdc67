package org.parley.engine.session;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.engine.database.OpenDatabase;
import org.parley.engine.store.MessageRow;
import org.parley.engine.store.Pieces;
import org.parley.engine.store.StoreException;
import org.parley.engine.tx.Branch;
import org.parley.spi.StreamedBody;

/**
 * A body that was left where it lies. A reader that has only claimed its message reads it outside any transaction; who has
 * received the message reads it in the branch that has done so, which deletes it when it ends.
 */
final class ReceivedBody implements StreamedBody {

    private final OpenDatabase database;
    private final MessageRow row;
    private volatile Branch branch;
    private volatile boolean over;
    private byte[] loaded;

    /** One that has been claimed, or with a branch received. */
    ReceivedBody(OpenDatabase database, MessageRow row, Branch branch) {
        this.database = database;
        this.row = row;
        this.branch = branch;
    }

    /** Its message is received by this branch. */
    void receivedBy(Branch receiver) {
        branch = receiver;
    }

    /** Its message is claimed no more. */
    void end() {
        over = true;
    }

    @Override
    public long length() {
        return row.length();
    }

    @Override
    public InputStream open() {
        byte[] whole = loadedOrNull();
        return whole == null ? pieces().open() : new ByteArrayInputStream(whole);
    }

    private synchronized byte[] loadedOrNull() {
        return loaded;
    }

    @Override
    public synchronized byte[] bytes() {
        if (loaded == null) {
            loaded = pieces().bytes();
        }
        return loaded;
    }

    private Pieces pieces() {
        return new Pieces(row.length(), this::read);
    }

    private byte[] read(int number) {
        Branch receiver = branch;
        if (over && receiver == null || receiver != null && (receiver.ended() || receiver.isPrepared())) {
            throw new BrokerException(
                    ErrorNumbers.BODY_OUT_OF_REACH,
                    "The body of the message with queuing order " + row.queuingOrder() + " in database '"
                            + database.name() + "' was not loaded before the transaction ended that has received it: "
                            + row.length() + " bytes.");
        }
        return receiver == null ? peek(number) : receiver.work(() -> in(receiver, number));
    }

    private byte[] in(Branch receiver, int number) {
        return receiver.store().bodies().read(row.endpoint(), row.position(), number);
    }

    private byte[] peek(int number) {
        try {
            return database.store().peekPiece(row.endpoint(), row.position(), number);
        } catch (StoreException e) {
            throw new BrokerException(ErrorNumbers.STORE_FAILED, e.getMessage(), e);
        }
    }
}
