package org.parley.engine.catalog;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.parley.BrokerException;
import org.parley.Catalog;
import org.parley.ContractDefinition;
import org.parley.ErrorNumbers;
import org.parley.MessageTypeDefinition;
import org.parley.QueueDefinition;
import org.parley.Securable;
import org.parley.ServiceDefinition;
import org.parley.engine.catalog.DefinitionStatement.AlterQueue;
import org.parley.engine.catalog.DefinitionStatement.CreateContract;
import org.parley.engine.catalog.DefinitionStatement.CreateMessageType;
import org.parley.engine.catalog.DefinitionStatement.CreateQueue;
import org.parley.engine.catalog.DefinitionStatement.CreateService;
import org.parley.engine.security.Access;
import org.parley.engine.store.CatalogWriter;
import org.parley.engine.store.Store;
import org.parley.engine.store.StoreException;
import org.parley.engine.store.StoreTransaction;

/**
 * The catalog of one broker database. Readers take {@link #snapshot()}, which never waits; changes run one after another,
 * each in a store transaction of its own, and show only after its commit.
 */
public final class DatabaseCatalog extends SecuredCatalog {

    private final ReentrantLock changing = new ReentrantLock();
    private final Store store;
    private final InUse inUse;
    private final Consumer<CatalogSnapshot> changed;
    private volatile CatalogSnapshot snapshot;

    /** On whose behalf definitions change, under the lock. */
    private Access caller = Access.OWNER_OF_DATABASE;

    /** Id of the object that is being dropped, or 0. */
    private volatile int leaving;

    private int lastId;

    /**
     * The catalog of an open database.
     *
     * @param store where definitions are kept
     * @param initial what it holds
     * @param lastId largest id ever given to a definition
     * @param inUse what conversations need
     * @param changed told of each new snapshot, in their order, after the commit and before the call returns
     */
    public DatabaseCatalog(
            Store store, CatalogSnapshot initial, int lastId, InUse inUse, Consumer<CatalogSnapshot> changed) {
        this.store = store;
        this.snapshot = initial;
        this.lastId = lastId;
        this.inUse = inUse;
        this.changed = changed;
    }

    /** The catalog as somebody has it who isn't dbo. */
    public Catalog of(Supplier<Access> user) {
        return new CallerCatalog(this, user);
    }

    /** Runs changes for a caller, who must be allowed to change the object, if there is one. */
    void as(Supplier<Access> user, Securable changed, Runnable changes) {
        changing.lock();
        Access before = caller;
        try {
            caller = user.get();
            if (changed != null) {
                change(editor -> editor.security().checkChange(changed, editor));
            }
            changes.run();
        } finally {
            caller = before;
            changing.unlock();
        }
    }

    @Override
    void run(DefinitionStatement statement) {
        change(editor -> editor.apply(statement));
    }

    @Override
    public CatalogSnapshot snapshot() {
        return snapshot;
    }

    /**
     * Whether a service or contract is there and no drop of it has begun. Whoever begins to use one makes that visible to
     * {@link InUse} first and asks here afterwards: then either the drop sees the use, or this answer is no. An answer of
     * no may come from a drop that fails.
     */
    public boolean stays(int id) {
        // in this order: a drop that is over has swapped the snapshot before it cleared the mark
        return leaving != id && snapshot.has(id);
    }

    @Override
    public void define(String statements) {
        List<DefinitionScript.Placed> script = DefinitionScript.parse(statements);
        change(editor -> script.forEach(placed -> {
            try {
                editor.apply(placed.statement());
            } catch (BrokerException e) {
                throw new BrokerException(e.number(), placed.line() + ":" + placed.column() + ": " + e.getMessage(), e);
            }
        }));
    }

    @Override
    public void define(MessageTypeDefinition messageType) {
        change(editor -> editor.apply(CreateMessageType.of(messageType)));
    }

    @Override
    public void define(ContractDefinition contract) {
        change(editor -> editor.apply(CreateContract.of(contract)));
    }

    @Override
    public void define(QueueDefinition queue) {
        change(editor -> editor.apply(CreateQueue.of(queue)));
    }

    @Override
    public void define(ServiceDefinition service) {
        change(editor -> editor.apply(CreateService.of(service)));
    }

    @Override
    public void setQueueStatus(String queue, boolean on) {
        change(editor -> editor.apply(new AlterQueue(queue, on)));
    }

    @Override
    public void dropService(String name) {
        change(editor -> editor.dropService(name, service -> {
            leaving = service.id();
            return inUse.service(service.id());
        }));
    }

    @Override
    public void dropQueue(String name) {
        change(editor -> editor.dropQueue(name));
    }

    @Override
    public void dropContract(String name) {
        change(editor -> editor.dropContract(name, contract -> {
            leaving = contract.id();
            return inUse.contract(contract.id());
        }));
    }

    @Override
    public void dropMessageType(String name) {
        change(editor -> editor.dropMessageType(name));
    }

    private void change(Consumer<CatalogEditor> edits) {
        changing.lock();
        try (Change change = new Change()) {
            CatalogEditor editor = new CatalogEditor(snapshot, caller, change::writer, () -> ++lastId);
            edits.accept(editor);
            CatalogSnapshot after = editor.snapshot();
            if (change.commit()) {
                snapshot = after;
                changed.accept(snapshot);
            }
        } catch (StoreException e) {
            throw notStored(e);
        } finally {
            leaving = 0;
            changing.unlock();
        }
    }

    @Override
    public List<MessageTypeDefinition> messageTypes() {
        return snapshot.messageTypes().stream()
                .map(type -> new MessageTypeDefinition(type.name(), type.validation()))
                .sorted(Comparator.comparing(MessageTypeDefinition::name))
                .toList();
    }

    @Override
    public List<ContractDefinition> contracts() {
        CatalogSnapshot now = snapshot;
        return now.contracts().stream()
                .map(contract -> new ContractDefinition(
                        contract.name(),
                        contract.sentBy().entrySet().stream()
                                .collect(Collectors.toMap(
                                        entry -> now.messageType(entry.getKey()).name(), Map.Entry::getValue))))
                .sorted(Comparator.comparing(ContractDefinition::name))
                .toList();
    }

    @Override
    public List<QueueDefinition> queues() {
        return snapshot.queues().stream()
                .map(DatabaseCatalog::definition)
                .sorted(Comparator.comparing(QueueDefinition::name))
                .toList();
    }

    @Override
    public Optional<QueueDefinition> queue(String name) {
        return snapshot.queue(name).map(DatabaseCatalog::definition);
    }

    private static QueueDefinition definition(Queue queue) {
        return new QueueDefinition(queue.name(), queue.on());
    }

    @Override
    public List<ServiceDefinition> services() {
        CatalogSnapshot now = snapshot;
        return now.services().stream()
                .map(service -> new ServiceDefinition(
                        service.name(), now.queue(service.queue()).name(), contractNames(now, service.contracts())))
                .sorted(Comparator.comparing(ServiceDefinition::name))
                .toList();
    }

    private static Set<String> contractNames(CatalogSnapshot now, Set<Integer> ids) {
        return ids.stream().map(id -> now.contract(id).name()).collect(Collectors.toSet());
    }

    /** The store transaction of one call, begun at the first write and rolled back unless committed. */
    private final class Change implements AutoCloseable {

        private StoreTransaction transaction;

        CatalogWriter writer() {
            if (transaction == null) {
                transaction = store.begin();
            }
            return transaction.catalog();
        }

        /** Commits; says whether there was anything to commit. */
        boolean commit() {
            if (transaction == null) {
                return false;
            }
            transaction.catalog().finish();
            try {
                transaction.commit();
            } catch (StoreException e) {
                throw new BrokerException(
                        ErrorNumbers.OUTCOME_UNKNOWN,
                        "The commit of a definition failed; whether it is stored is unknown until the database has been"
                                + " read anew: " + e.getMessage(),
                        e);
            }
            transaction = null;
            return true;
        }

        @Override
        public void close() {
            if (transaction != null) {
                transaction.rollback();
            }
        }
    }

    private static BrokerException notStored(StoreException e) {
        int number =
                switch (e.kind()) {
                    case DEADLOCK -> ErrorNumbers.DEADLOCK_VICTIM;
                    case LOCK_TIMEOUT -> ErrorNumbers.LOCK_TIMEOUT;
                    case STATEMENT, ROLLED_BACK, UNAVAILABLE -> ErrorNumbers.STORE_FAILED;
                };
        return new BrokerException(number, "A definition can't be stored; nothing has changed: " + e.getMessage(), e);
    }
}
