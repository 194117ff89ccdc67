package org.parley.spi;

import org.parley.ScriptOutput;

/** Takes what a script gives, as it comes, on the thread that runs it. */
@FunctionalInterface
public interface ScriptListener {

    /** The next output. */
    void accept(ScriptOutput output);
}
