package org.parley.engine.catalog;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntSupplier;
import org.parley.BrokerException;
import org.parley.ProcedureDefinition;
import org.parley.engine.store.CatalogRows.ProcedureRow;

/** Changes procedures. Their text is the statement language's matter: here it is kept as it is. */
final class ProcedureEditor {

    private static final Set<String> CALLER_OR_OWNER = Set.of("CALLER", "OWNER");

    private final Kind<ProcedureRow> procedures;
    private final IntSupplier nextId;
    private final SecurityEditor security;
    private final Instant now;

    ProcedureEditor(Kind<ProcedureRow> procedures, IntSupplier nextId, SecurityEditor security, Instant now) {
        this.procedures = procedures;
        this.nextId = nextId;
        this.security = security;
        this.now = Instant.ofEpochMilli(now.toEpochMilli());
    }

    void define(ProcedureDefinition written) {
        ProcedureDefinition wanted = checked(written);
        ProcedureRow old = procedures.find(wanted.name());
        if (old == null) {
            procedures.insert(new ProcedureRow(nextId.getAsInt(), wanted, now, now));
        } else if (!old.definition().equals(wanted)) {
            throw new BrokerException(
                    CatalogErrors.EXISTS_OTHERWISE,
                    "Procedure '" + wanted.name() + "' exists with another text; ALTER PROCEDURE changes it.");
        }
    }

    void alter(ProcedureDefinition written) {
        ProcedureDefinition wanted = checked(written);
        ProcedureRow old = procedures.find(wanted.name());
        if (old == null) {
            throw new BrokerException(
                    CatalogErrors.UNKNOWN_QUEUE,
                    "Procedure '" + wanted.name() + "' can't be altered: it doesn't exist; names are compared as they"
                            + " are written.");
        }
        procedures.update(new ProcedureRow(old.id(), wanted, old.created(), now));
    }

    void drop(String written) {
        ProcedureRow old = procedures.find(Queue.nameOf(written));
        if (old == null) {
            throw new BrokerException(
                    CatalogErrors.NOTHING_TO_DROP,
                    "Procedure '" + CatalogErrors.shortened(written) + "' can't be dropped: it doesn't exist.");
        }
        procedures.delete(old);
    }

    private ProcedureDefinition checked(ProcedureDefinition written) {
        String name = Queue.nameOf(written.name());
        CatalogErrors.checkName("procedure", name);
        Objects.requireNonNull(written.text(), "text");
        String executeAs = "SELF".equals(written.executeAs()) ? security.self() : written.executeAs();
        if (executeAs != null && !CALLER_OR_OWNER.contains(executeAs)) {
            security.checkActsAs(executeAs);
            security.checkUser(executeAs);
        }
        return new ProcedureDefinition(name, written.text(), "CALLER".equals(executeAs) ? null : executeAs);
    }
}
