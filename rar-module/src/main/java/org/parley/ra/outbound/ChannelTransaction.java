package org.parley.ra.outbound;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.LocalTransaction;
import jakarta.resource.spi.LocalTransactionException;
import org.parley.BrokerException;
import org.parley.spi.Channel;

/** A local transaction that the container demarcates. */
final class ChannelTransaction implements LocalTransaction {

    private final Channel channel;

    ChannelTransaction(Channel channel) {
        this.channel = channel;
    }

    @Override
    public void begin() throws ResourceException {
        translated(channel::beginManaged);
    }

    @Override
    public void commit() throws ResourceException {
        translated(channel::commit);
    }

    @Override
    public void rollback() throws ResourceException {
        translated(channel::rollback);
    }

    private static void translated(Runnable call) throws ResourceException {
        try {
            call.run();
        } catch (BrokerException e) {
            throw new LocalTransactionException(e.getMessage(), e);
        }
    }
}
