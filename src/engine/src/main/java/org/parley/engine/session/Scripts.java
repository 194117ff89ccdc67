package org.parley.engine.session;

import java.util.ArrayList;
import java.util.List;
import org.parley.ScriptException;
import org.parley.ScriptMessage;
import org.parley.ScriptOutput;
import org.parley.ScriptResult;
import org.parley.engine.catalog.InstalledLanguage;
import org.parley.spi.ScriptListener;
import org.parley.spi.ScriptSession;

/** Runs scripts and procedures on a channel. */
public final class Scripts {

    private final ChannelScriptSession session;

    Scripts(EngineChannel channel) {
        this.session = new ChannelScriptSession(channel);
    }

    /** What they work with. */
    ScriptSession session() {
        return session;
    }

    /** Runs a script. */
    void run(String script, ScriptListener listener) {
        InstalledLanguage.required().run(script, session, listener);
    }

    /** Runs a script and gives all that it gave; throws its first error when it is over. */
    ScriptResult result(String script) {
        List<ScriptOutput> outputs = new ArrayList<>();
        run(script, outputs::add);
        ScriptResult result = new ScriptResult(outputs);
        for (ScriptMessage message : result.messages()) {
            if (message.isError()) {
                throw new ScriptException(message, result, null);
            }
        }
        return result;
    }

    /**
     * Runs a procedure.
     *
     * @return the error that ended it, or null
     */
    public ScriptMessage call(String procedure, ScriptListener listener) {
        return InstalledLanguage.required().call(procedure, session, listener);
    }
}
