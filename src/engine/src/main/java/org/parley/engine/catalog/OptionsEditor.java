package org.parley.engine.catalog;

import java.util.Optional;
import java.util.function.Supplier;
import org.parley.BrokerException;
import org.parley.DatabaseOptions;
import org.parley.engine.security.MasterKey;
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

    /** Refuses what master's delivery, which is off for ever, doesn't allow. */
    void checkBroker(String option) {
        if (around.database().role() == DatabaseRole.MASTER) {
            throw new BrokerException(
                    CatalogErrors.OPTION_NOT_SETTABLE,
                    "Option " + option + " can't be set in database 'master': it doesn't deliver messages, for ever.");
        }
    }

    void set(DatabaseOption option, boolean on) {
        if (option == DatabaseOption.BROKER_ENABLED) {
            checkBroker(on ? "ENABLE_BROKER" : "DISABLE_BROKER");
        } else if (option == DatabaseOption.HONOR_BROKER_PRIORITY) {
            checkBroker("HONOR_BROKER_PRIORITY");
        }
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
        checkBroker("ERROR_BROKER_CONVERSATIONS");
        set(DatabaseOption.BROKER_ENABLED, true);
        become(new OptionsRow(row.options(), row.masterKey(), around.database().conversationsEnd(), row.offSince()));
    }

    private void become(OptionsRow changed) {
        if (!changed.equals(row)) {
            writer.get().update(changed);
            row = changed;
        }
    }

    /** The master key, if there is one. */
    Optional<MasterKey> masterKey() {
        return Optional.ofNullable(row.masterKey()).map(MasterKey::of);
    }

    /** Another master key, or none for null. */
    void become(MasterKey key) {
        DatabaseOptions old = row.options();
        become(new OptionsRow(
                new DatabaseOptions(old.brokerEnabled(), old.trustworthy(), old.honorBrokerPriority(), key != null),
                key == null ? null : key.stored(),
                row.brokenOffBelow(),
                row.offSince()));
    }
}
