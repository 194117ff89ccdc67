package org.parley.engine.session;

import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.parley.Dialog;
import org.parley.Message;
import org.parley.Receive;
import org.parley.engine.catalog.Service;
import org.parley.engine.conversation.EndpointState.Far;
import org.parley.engine.database.OpenDatabase;
import org.parley.engine.queue.Endpoint;
import org.parley.engine.queue.EndpointTable;
import org.parley.engine.queue.Group;
import org.parley.engine.store.CatalogWriter;
import org.parley.engine.tx.Branch;
import org.parley.engine.tx.Claim;

/**
 * A dialog that the engine itself leads, from a service of the system: the one conversation of a group of its own. Each
 * call is a transaction of its own, by the statements that applications use. None waits: while somebody has the group, a
 * call does nothing and has itself told when the group is free.
 */
public final class SystemDialog {

    private final Statements statements;
    private final OpenDatabase database;
    private final EndpointTable table;
    private final UUID group;

    /** The dialog of that group. */
    public SystemDialog(Statements statements, UUID group) {
        this.statements = statements;
        this.database = statements.database();
        this.table = database.table();
        this.group = group;
    }

    /** What the other side has done. */
    public enum Heard {
        /** Nothing, or there is no dialog. */
        NOTHING,
        /** It has ended the dialog. */
        END,
        /** The dialog is broken: it has ended it with an error, or the broker has. */
        ERROR
    }

    /** What has been heard. */
    public Heard heard() {
        return table.locked(() -> {
            Endpoint open = open();
            if (open == null || open.state().far() == Far.ACTIVE) {
                return Heard.NOTHING;
            }
            return open.state().far() == Far.FAILED ? Heard.ERROR : Heard.END;
        });
    }

    /**
     * Sends, and begins the dialog with the first message; sends nothing when the other side has ended it.
     *
     * @param dialog how it begins
     * @param alongside writes in the same transaction
     * @param whenFree told instead when somebody has the group; must only take note
     */
    public void send(Dialog dialog, String type, byte[] body, Consumer<CatalogWriter> alongside, Runnable whenFree) {
        inGroup(whenFree, (branch, open) -> {
            if (open == null) {
                statements.send(branch, statements.begin(branch, dialog.inGroup(group)), type, body);
            } else if (open.state().far() == Far.ACTIVE) {
                statements.send(branch, open.handle(), type, body);
            }
            alongside.accept(branch.store().catalog());
        });
    }

    /** Ends this side, unless it has ended or never begun. */
    public void end(Runnable whenFree) {
        inGroup(whenFree, (branch, open) -> {
            if (open != null) {
                statements.endSystem(branch, open.handle());
            }
        });
    }

    /** Receives what is neither an end nor an error, and so means nothing here. */
    public void drain(Runnable whenFree) {
        inGroup(whenFree, (branch, open) -> {
            if (open != null) {
                String queue = open.group().queue().name();
                statements.receive(branch, Receive.from(queue).ofConversation(open.handle()));
            }
        });
    }

    /** The first message that waits; null for none. An Error comes before all others. */
    public Message first() {
        Group waiting = table.locked(() -> table.group(group));
        List<Message> messages = waiting == null
                ? List.of()
                : ClaimedMessages.peek(database, waiting, 1).messages();
        return messages.isEmpty() ? null : messages.get(0);
    }

    private Endpoint open() {
        Group found = table.group(group);
        return found == null
                ? null
                : found.endpoints().stream()
                        .filter(endpoint -> !endpoint.state().own().over())
                        .findFirst()
                        .orElse(null);
    }

    /** Works in the dialog's group; the endpoint is null when it isn't open. */
    @FunctionalInterface
    private interface Work {
        void in(Branch branch, Endpoint open);
    }

    private void inGroup(Runnable whenFree, Work work) {
        Claim claim = table.locked(() -> claim(whenFree));
        if (claim == null) {
            return;
        }
        Branch branch = new Branch(database.context(), null, claim);
        database.graph().add(branch);
        try {
            Endpoint open = table.locked(this::open);
            branch.work(() -> {
                work.in(branch, open);
                return null;
            });
            branch.commit();
        } finally {
            branch.rollback();
            database.graph().remove(branch);
            table.locked(() -> {
                claim.giveBack();
                table.discardIfUnused(claim.group());
            });
        }
    }

    private Claim claim(Runnable whenFree) {
        Group mine = table.group(group, Service.EVENT_NOTIFICATIONS);
        if (mine.holder() != null) {
            mine.whenFree(whenFree);
            return null;
        }
        return new Claim("the engine", mine);
    }
}
