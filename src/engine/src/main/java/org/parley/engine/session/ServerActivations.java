package org.parley.engine.session;

import java.util.List;
import org.parley.ActivationStatus;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;

/** The activations of a server, as a session sees them. */
public interface ServerActivations {

    /** Those that read queues of a database, in the order of queues and names. */
    List<ActivationStatus> of(String database);

    /**
     * Pauses those of a name on a queue.
     *
     * @throws BrokerException {@link ErrorNumbers#NO_ACTIVATION} when there is none
     */
    void pause(String database, String queue, String name);

    /** Resumes them; throws as {@link #pause}. */
    void resume(String database, String queue, String name);
}
