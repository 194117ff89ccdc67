package org.parley.engine.catalog;

import org.parley.ProcedureDefinition;
import org.parley.engine.catalog.CatalogEdit.AlterProcedure;
import org.parley.engine.catalog.CatalogEdit.CreateProcedure;
import org.parley.engine.catalog.CatalogEdit.Drop;
import org.parley.engine.catalog.CatalogEdit.Dropped;

/** The part of a catalog that is about procedures. */
abstract class ProcedureCatalog extends ListedCatalog {

    /** Makes an edit. */
    abstract void run(CatalogEdit edit);

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
