package org.parley.engine.catalog;

import java.util.Optional;
import java.util.ServiceLoader;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.spi.StatementLanguage;

/** The statement language that lies beside the engine. */
public final class InstalledLanguage {

    private InstalledLanguage() {}

    /** Looked for when it is first needed. */
    private static final class Found {

        static final Optional<StatementLanguage> LANGUAGE = seenBy(InstalledLanguage.class.getClassLoader());
    }

    /**
     * The language.
     *
     * @throws BrokerException {@link ErrorNumbers#NO_LANGUAGE} when there is none
     */
    public static StatementLanguage required() {
        return required(Found.LANGUAGE);
    }

    static Optional<StatementLanguage> seenBy(ClassLoader loader) {
        return ServiceLoader.load(StatementLanguage.class, loader).findFirst();
    }

    static StatementLanguage required(Optional<StatementLanguage> found) {
        return found.orElseThrow(() -> new BrokerException(
                ErrorNumbers.NO_LANGUAGE,
                "The statement language is not on the class path of the engine; add parley-sql to it."));
    }
}
