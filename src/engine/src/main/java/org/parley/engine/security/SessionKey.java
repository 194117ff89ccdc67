package org.parley.engine.security;

import java.util.Optional;

/** The master key of one database as a session has opened it, or not. */
public final class SessionKey {

    private volatile MasterKey.Opened opened;

    /** OPEN MASTER KEY. */
    public void open(MasterKey.Opened key) {
        opened = key;
    }

    /** CLOSE MASTER KEY; says whether it was open. */
    public boolean close() {
        boolean was = opened != null;
        opened = null;
        return was;
    }

    /** The key, if the session has opened it and it is still the same. */
    public Optional<byte[]> of(MasterKey now) {
        MasterKey.Opened key = opened;
        return key != null && now.envelopes().contains(key.envelope()) ? Optional.of(key.key()) : Optional.empty();
    }
}
