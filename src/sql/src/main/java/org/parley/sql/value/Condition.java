package org.parley.sql.value;

/** An expression that is true, false or unknown, with its types found: it can be tested again and again. */
@FunctionalInterface
public interface Condition {

    /**
     * What it is now.
     *
     * @throws org.parley.sql.ScriptError when it can't be told
     */
    Truth test();
}
