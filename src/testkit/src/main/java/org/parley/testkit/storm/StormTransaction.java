package org.parley.testkit.storm;

import java.nio.ByteBuffer;
import java.util.Random;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.parley.spi.Channel;
import org.parley.spi.Delivery;

/** A container's transaction around one delivery: the delivery's resource and a connection of the bean, which joins. */
final class StormTransaction {

    private static final int[] CODES = {
        XAException.XAER_RMFAIL, XAException.XAER_RMERR, XAException.XAER_PROTO, XAException.XAER_NOTA,
        XAException.XA_RBROLLBACK, XAException.XA_RBDEADLOCK, XAException.XA_RBTIMEOUT, XAException.XA_RETRY
    };

    private final Random random;
    private final Xid xid;
    private final XAResource delivered;
    private final XAResource booked;

    StormTransaction(Random random, long number, Delivery delivery, Channel channel) {
        this.random = random;
        this.xid = new NumberedXid(number);
        this.delivered = delivery.xaResource();
        this.booked = channel.xaResource();
    }

    private record NumberedXid(long number) implements Xid {

        @Override
        public int getFormatId() {
            return 0x5702;
        }

        @Override
        public byte[] getGlobalTransactionId() {
            return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
        }

        @Override
        public byte[] getBranchQualifier() {
            return new byte[] {1};
        }
    }

    void start() throws XAException {
        delivered.start(xid, XAResource.TMNOFLAGS);
        booked.start(xid, XAResource.TMJOIN);
    }

    /** Ends it as was planned. Throws what a container would have heard. */
    void end(Ending how) throws XAException {
        int flags = how == Ending.ENDS_AS_FAILED ? XAResource.TMFAIL : XAResource.TMSUCCESS;
        booked.end(xid, flags);
        delivered.end(xid, flags);
        switch (how) {
            case COMMITS -> delivered.commit(xid, true);
            case COMMITS_IN_TWO_PHASES -> {
                prepare();
                delivered.commit(xid, false);
            }
            case ANSWER_IS_LOST -> {
                prepare();
                delivered.commit(xid, false);
                throw anyCode();
            }
            case OTHER_VOTES_NO -> {
                prepare();
                delivered.rollback(xid);
            }
            case COMMIT_IS_NOT_TRIED -> {
                delivered.rollback(xid);
                throw anyCode();
            }
            default -> delivered.rollback(xid);
        }
    }

    private void prepare() throws XAException {
        int vote = delivered.prepare(xid);
        if (vote != XAResource.XA_OK) {
            throw new IllegalStateException("A transaction that has received and booked voted " + vote + ".");
        }
    }

    /** Rolls back whatever is left of it, after what nobody had planned. */
    void abandon() throws XAException {
        delivered.rollback(xid);
    }

    private XAException anyCode() {
        return new XAException(CODES[random.nextInt(CODES.length)]);
    }
}
