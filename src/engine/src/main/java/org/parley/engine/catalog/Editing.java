package org.parley.engine.catalog;

import java.util.function.Consumer;
import org.parley.engine.security.Access;
import org.parley.engine.security.SessionKey;

/** How edits of a catalog come about: each in a transaction of its own, or several in one. */
interface Editing {

    /**
     * On whose behalf definitions change.
     *
     * @param caller who changes them
     * @param key the master key as the caller's session has opened it
     */
    record Author(Access caller, SessionKey key) {}

    /** The definitions that an edit begins with. */
    CatalogSnapshot snapshot();

    /** Makes edits, all or none. */
    void edit(Author author, Consumer<CatalogEditor> edits);

    /** Does what consists of several edits, which are kept together or not at all. */
    void together(Author author, Consumer<Editing> work);

    /**
     * Does what no transaction of this database can hold.
     *
     * @param what for the error that refuses it among other edits
     */
    void apart(String what, Runnable action);
}
