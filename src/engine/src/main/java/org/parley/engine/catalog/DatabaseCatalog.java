package org.parley.engine.catalog;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.parley.Catalog;
import org.parley.engine.security.Access;
import org.parley.engine.security.SessionKey;
import org.parley.engine.store.CatalogRows.EventNotificationRow;
import org.parley.engine.store.CatalogRows.EventRow;
import org.parley.engine.store.CatalogRows.LoginRow;
import org.parley.engine.store.Store;
import org.parley.engine.store.StoreException;

/**
 * The definitions of one broker database. Readers take {@link #snapshot()}, which never waits; changes run one after another,
 * each in a store transaction of its own, and show only after its commit.
 */
public final class DatabaseCatalog implements Editing {

    private static final Author ENGINE = new Author(Access.OWNER_OF_DATABASE, new SessionKey());

    private final ReentrantLock changing = new ReentrantLock();
    private final Store store;
    private final Moments moments;
    private final Database database;

    private volatile CatalogSnapshot snapshot;

    private final java.util.Queue<EventRow> unsent = new ConcurrentLinkedQueue<>();
    private int lastId;

    /** The database that the definitions are of. */
    @FunctionalInterface
    public interface Database {

        /**
         * Makes a committed change true: runs the swap, at one moment with all that conversations see of the change; in the
         * order of changes, before the call that has made the change returns.
         */
        void show(CatalogSnapshot now, Runnable swap);

        /** A number above those of all conversations begun so far. */
        default long conversationsEnd() {
            return 0;
        }

        /** Name of an activation of beans that reads a queue, or null. */
        default String readerOf(int queue) {
            return null;
        }

        /** Delivery is to be turned on: fails with 9772 when another database with the same broker instance delivers. */
        default void claimDelivery() {}

        /** Delivery is off, or couldn't be turned on. */
        default void releaseDelivery() {}

        /** Its name. */
        default String name() {
            return "";
        }

        /** What the database is to its server. */
        default DatabaseRole role() {
            return DatabaseRole.of(name());
        }

        /** Its server. */
        default HomeServer server() {
            return HomeServer.NONE;
        }

        /** NEW_BROKER: ends everything under way and all conversations, and opens the database anew. */
        default void renew() {}
    }

    /**
     * What tells when something happens in a database.
     *
     * @param clock time
     * @param lastOrder the queuing order that was given last
     */
    public record Moments(InstantSource clock, LongSupplier lastOrder) {}

    /**
     * The catalog of an open database.
     *
     * @param store where definitions are kept
     * @param initial what it holds
     * @param lastId largest id ever given to a definition
     * @param moments what tells when a definition changes
     * @param database what is around the definitions
     */
    public DatabaseCatalog(Store store, CatalogSnapshot initial, int lastId, Moments moments, Database database) {
        this.store = store;
        this.snapshot = initial;
        this.unsent.addAll(initial.events());
        this.lastId = lastId;
        this.moments = moments;
        this.database = database;
    }

    /** The catalog as a session has it. */
    public Catalog of(Supplier<Access> user, SessionKey key) {
        return new CallerCatalog(this, this, user, key, null);
    }

    /** The catalog as the owner of the database has it. */
    public Catalog ofOwner() {
        return of(() -> Access.OWNER_OF_DATABASE, new SessionKey());
    }

    /** Runs what reads definitions and changes them by what it has read, while nobody else changes any, nor of the server. */
    public void alone(Runnable change) {
        changing.lock();
        try {
            if (!isMaster() && server().isPresent()) {
                database.server().master().alone(change);
            } else {
                change.run();
            }
        } finally {
            changing.unlock();
        }
    }

    /** What is defined of the server as a whole; empty while there is nothing. */
    public Optional<CatalogSnapshot> server() {
        return isMaster() ? Optional.of(snapshot) : database.server().definitions();
    }

    /** What is around the definitions. */
    Database database() {
        return database;
    }

    InstantSource clock() {
        return moments.clock();
    }

    /** A login of the server. */
    public Optional<LoginRow> login(String name) {
        return server().flatMap(now -> now.login(name));
    }

    /** Whether it is the catalog of master. */
    public boolean isMaster() {
        return database.role() == DatabaseRole.MASTER;
    }

    @Override
    public CatalogSnapshot snapshot() {
        return snapshot;
    }

    /** Makes an edit of the engine's own. */
    void apply(CatalogEdit edit) {
        edit(ENGINE, editor -> editor.apply(edit));
    }

    /** No conversation needs any more what was dropped: it goes for good. */
    public void forget(int id) {
        edit(ENGINE, editor -> editor.forget(id));
    }

    /** Turns a queue off because its readers have failed, unless it is off or gone; says whether it has. */
    public boolean disableQueue(int id) {
        return change(ENGINE, editor -> editor.disableQueue(id));
    }

    /** The service of an event notification has ended its dialog: no more messages come. */
    public void end(EventNotificationRow notification) {
        edit(ENGINE, editor -> editor.events().end(notification));
    }

    /** Drops an event notification whose dialog is broken; says whether it was there. */
    public boolean dropBroken(EventNotificationRow notification) {
        return change(ENGINE, editor -> editor.events().dropBroken(notification));
    }

    /** Nobody is to be told of a stored event any more. */
    public void forget(EventRow event) {
        edit(ENGINE, editor -> editor.events().forget(event));
    }

    /** Events that are stored and not sent yet, in their order; whoever has sent one takes it away. */
    public java.util.Queue<EventRow> unsent() {
        return unsent;
    }

    @Override
    public void edit(Author author, Consumer<CatalogEditor> edits) {
        change(author, editor -> {
            edits.accept(editor);
            return null;
        });
    }

    @Override
    public void together(Author author, Consumer<Editing> work) {
        Runnable afterwards = change(author, editor -> {
            EditsTogether edits = new EditsTogether(editor);
            work.accept(edits);
            return edits.afterwards();
        });
        afterwards.run();
    }

    @Override
    public void apart(String what, Runnable action) {
        action.run();
    }

    private <T> T change(Author author, Function<CatalogEditor, T> edits) {
        changing.lock();
        try (CatalogChange change = new CatalogChange(store)) {
            CatalogEditor editor = new CatalogEditor(
                    snapshot,
                    author.caller(),
                    change::writer,
                    () -> ++lastId,
                    new CatalogEditor.Around(
                            moments.clock().instant(), moments.lastOrder().getAsLong(), database, author.key()));
            T result = edits.apply(editor);
            CatalogSnapshot after = editor.snapshot();
            if (change.commit()) {
                unsent.addAll(editor.events().raised());
                database.show(after, () -> snapshot = after);
            }
            return result;
        } catch (StoreException e) {
            throw CatalogChange.notStored(e);
        } finally {
            if (!snapshot.options().brokerEnabled()) {
                database.releaseDelivery();
            }
            changing.unlock();
        }
    }
}
