package org.parley.engine.catalog;

import java.util.function.Consumer;
import org.parley.BrokerException;

/** Edits of one transaction, each of which sees those before it. */
final class EditsTogether implements Editing {

    private final CatalogEditor editor;
    private CatalogSnapshot seen;
    private boolean edited;
    private String alone;
    private Runnable afterwards = () -> {};

    EditsTogether(CatalogEditor editor) {
        this.editor = editor;
    }

    @Override
    public CatalogSnapshot snapshot() {
        if (seen == null) {
            seen = editor.snapshot();
        }
        return seen;
    }

    @Override
    public void edit(Author author, Consumer<CatalogEditor> edits) {
        refuseBeside(alone);
        edited = true;
        seen = null;
        edits.accept(editor);
    }

    @Override
    public void together(Author author, Consumer<Editing> work) {
        work.accept(this);
    }

    @Override
    public void apart(String what, Runnable action) {
        refuseBeside(alone);
        refuseBeside(edited ? what : null);
        alone = what;
        afterwards = action;
    }

    /** What is to be done when the transaction has ended. */
    Runnable afterwards() {
        return afterwards;
    }

    private static void refuseBeside(String what) {
        if (what != null) {
            throw new BrokerException(
                    CatalogErrors.STANDS_ALONE,
                    what + " can't be a part of a transaction and must be the only statement of its script.");
        }
    }
}
