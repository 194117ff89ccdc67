package org.parley.ra.inbound;

import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.ResourceAdapter;
import java.beans.IntrospectionException;
import java.beans.PropertyDescriptor;
import java.io.Serializable;
import org.parley.spi.ActivationConfig;

/**
 * What a message-driven bean sets to read a queue. Every property is text, so that a number that isn't one is refused
 * with the same words on every application server.
 */
public class ParleyActivationSpec implements ActivationSpec, Serializable {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST_NAME = 128;

    private String database = "parley";
    private String queue;
    private String maxQueueReaders = "5";
    private String batchSize;
    private String user;
    private transient ResourceAdapter adapter;

    @Override
    public void validate() throws InvalidPropertyException {
        requireName("database", database);
        requireName("queue", queue);
        requireNumber("maxQueueReaders", maxQueueReaders, ActivationConfig.MOST_READERS);
        if (isGiven(batchSize)) {
            requireNumber("batchSize", batchSize, ActivationConfig.MOST_IN_BATCH);
        }
        if (isGiven(user)) {
            requireName("user", user);
        }
    }

    /** The checked values for an endpoint. */
    ActivationConfig config(String name, Listener listener) throws InvalidPropertyException {
        validate();
        int batch = isGiven(batchSize) ? number(batchSize) : listener.defaultBatchSize();
        if (batch > listener.largestBatchSize()) {
            throw refused(
                    "batchSize", batchSize, "1 for a ConversationListener, which takes one message a transaction");
        }
        return new ActivationConfig(
                name,
                database.trim(),
                queue.trim(),
                number(maxQueueReaders),
                batch,
                isGiven(user) ? user.trim() : null,
                listener.handledTypes());
    }

    private static void requireName(String property, String value) throws InvalidPropertyException {
        if (!isGiven(value) || value.trim().length() > LONGEST_NAME) {
            throw refused(property, value, "a name of 1 to " + LONGEST_NAME + " characters");
        }
    }

    private static void requireNumber(String property, String value, int most) throws InvalidPropertyException {
        int number;
        try {
            number = isGiven(value) ? number(value) : 0;
        } catch (NumberFormatException notANumber) {
            number = 0;
        }
        if (number < 1 || number > most) {
            throw refused(property, value, "1 to " + most);
        }
    }

    private static boolean isGiven(String value) {
        return value != null && !value.isBlank();
    }

    private static int number(String value) {
        return Integer.parseInt(value.trim());
    }

    private static InvalidPropertyException refused(String property, String value, String allowed) {
        InvalidPropertyException refused = new InvalidPropertyException("Activation property '" + property + "' is "
                + (isGiven(value) ? "'" + value + "'" : "missing") + "; allowed is " + allowed + ".");
        try {
            refused.setInvalidPropertyDescriptors(
                    new PropertyDescriptor[] {new PropertyDescriptor(property, ParleyActivationSpec.class)});
        } catch (IntrospectionException e) {
            refused.addSuppressed(e);
        }
        return refused;
    }

    public String getDatabase() {
        return database;
    }

    public void setDatabase(String database) {
        this.database = database;
    }

    public String getQueue() {
        return queue;
    }

    public void setQueue(String queue) {
        this.queue = queue;
    }

    public String getMaxQueueReaders() {
        return maxQueueReaders;
    }

    public void setMaxQueueReaders(String maxQueueReaders) {
        this.maxQueueReaders = maxQueueReaders;
    }

    public String getBatchSize() {
        return batchSize;
    }

    public void setBatchSize(String batchSize) {
        this.batchSize = batchSize;
    }

    public String getUser() {
        return user;
    }

    public void setUser(String user) {
        this.user = user;
    }

    @Override
    public ResourceAdapter getResourceAdapter() {
        return adapter;
    }

    @Override
    public void setResourceAdapter(ResourceAdapter adapter) {
        this.adapter = adapter;
    }
}
