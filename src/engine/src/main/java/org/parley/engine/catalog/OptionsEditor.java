package org.parley.engine.catalog;

import java.util.function.Supplier;
import org.parley.BrokerException;
import org.parley.DatabaseOptions;
import org.parley.engine.store.CatalogRows.OptionsRow;
import org.parley.engine.store.CatalogWriter;

/** Changes the options of a database; service-broker.md, section 17. */
final class OptionsEditor {

    private final Supplier<CatalogWriter> writer;
    private final CatalogEditor.Around around;
    private OptionsRow row;

    OptionsEditor(OptionsRow before, Supplier<CatalogWriter> writer, CatalogEditor.Around around) {
        this.row = before;
        this.around = around;
        this.writer = writer;
    }

    /** The options as they are now. */
    OptionsRow row() {
        return row;
    }

    void set(DatabaseOption option, boolean on) {
        if (option == DatabaseOption.BROKER_ENABLED && on) {
            around.database().claimDelivery();
        }
        DatabaseOptions old = row.options();
        DatabaseOptions changed =
                switch (option) {
                    case BROKER_ENABLED ->
                        new DatabaseOptions(on, old.trustworthy(), old.honorBrokerPriority(), old.masterKey());
                    case TRUSTWORTHY ->
                        new DatabaseOptions(old.brokerEnabled(), on, old.honorBrokerPriority(), old.masterKey());
                    case HONOR_BROKER_PRIORITY ->
                        new DatabaseOptions(old.brokerEnabled(), old.trustworthy(), on, old.masterKey());
                };
        boolean turnedOff = option == DatabaseOption.BROKER_ENABLED && !on && old.brokerEnabled();
        long offSince = turnedOff ? around.lastOrder() : row.offSince();
        become(new OptionsRow(changed, row.masterKey(), row.brokenOffBelow(), offSince));
    }

    /** All conversations begun so far are broken off; delivery is on. */
    void errorConversations() {
        set(DatabaseOption.BROKER_ENABLED, true);
        become(new OptionsRow(row.options(), row.masterKey(), around.database().conversationsEnd(), row.offSince()));
    }

    private void become(OptionsRow changed) {
        if (!changed.equals(row)) {
            writer.get().update(changed);
            row = changed;
        }
    }

    void createMasterKey(String password) {
        if (password == null || password.isEmpty()) {
            throw new BrokerException(CatalogErrors.SYNTAX, "The password of the master key is missing.");
        }
        if (row.masterKey() != null) {
            if (!PasswordProof.matches(password, row.masterKey())) {
                throw new BrokerException(
                        CatalogErrors.MASTER_KEY_EXISTS,
                        "The database has a master key with another password; drop it first.");
            }
            return;
        }
        become(withMasterKey(PasswordProof.of(password)));
    }

    void dropMasterKey() {
        if (row.masterKey() == null) {
            throw new BrokerException(
                    CatalogErrors.NOT_FOUND, "The master key can't be dropped: the database has none.");
        }
        become(withMasterKey(null));
    }

    private OptionsRow withMasterKey(String proof) {
        DatabaseOptions old = row.options();
        return new OptionsRow(
                new DatabaseOptions(old.brokerEnabled(), old.trustworthy(), old.honorBrokerPriority(), proof != null),
                proof,
                row.brokenOffBelow(),
                row.offSince());
    }
}
