package org.parley.engine.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.ScriptException;
import org.parley.ScriptMessage;
import org.parley.ScriptOutput;
import org.parley.ScriptResult;
import org.parley.spi.ScriptListener;
import org.parley.spi.ScriptSession;
import org.parley.spi.StatementLanguage;

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

    /** The language, looked for when it is first needed. */
    private static final class Found {

        static final Optional<StatementLanguage> LANGUAGE = languageOf(Scripts.class.getClassLoader());
    }

    static Optional<StatementLanguage> languageOf(ClassLoader loader) {
        return ServiceLoader.load(StatementLanguage.class, loader).findFirst();
    }

    static StatementLanguage required(Optional<StatementLanguage> found) {
        return found.orElseThrow(() -> new BrokerException(
                ErrorNumbers.NO_LANGUAGE,
                "The statement language is not on the class path of the engine; add parley-sql to it."));
    }

    /** Runs a script. */
    void run(String script, ScriptListener listener) {
        required(Found.LANGUAGE).run(script, session, listener);
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
        return required(Found.LANGUAGE).call(procedure, session, listener);
    }
}
