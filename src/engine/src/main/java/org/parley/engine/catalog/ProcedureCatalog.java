package org.parley.engine.catalog;

import org.parley.ProcedureDefinition;
import org.parley.engine.catalog.DefinitionStatement.AlterProcedure;
import org.parley.engine.catalog.DefinitionStatement.CreateProcedure;
import org.parley.engine.catalog.DefinitionStatement.Drop;
import org.parley.engine.catalog.DefinitionStatement.Dropped;

/** The part of a catalog that is about procedures. */
abstract class ProcedureCatalog extends ListedCatalog {

    /** Runs a statement in a transaction of its own. */
    abstract void run(DefinitionStatement statement);

    @Override
    public void define(ProcedureDefinition procedure) {
        run(new CreateProcedure(procedure));
    }

    @Override
    public void alter(ProcedureDefinition procedure) {
        run(new AlterProcedure(procedure));
    }

    @Override
    public void dropProcedure(String name) {
        run(new Drop(Dropped.PROCEDURE, name));
    }
}
