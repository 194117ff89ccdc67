package org.parley.sql.table;

import java.util.ArrayList;
import java.util.List;
import org.parley.sql.value.Value;

/** A table variable: rows in memory, which no transaction takes back. */
final class TableVariable implements TableValue {

    private final VariableDefinition definition;
    private final Packing packing;
    private List<List<Value>> rows = new ArrayList<>();
    private long nextIdentity;

    TableVariable(VariableDefinition definition) {
        this.definition = definition;
        packing = new Packing(definition.columns());
        nextIdentity = definition.seed();
    }

    VariableDefinition definition() {
        return definition;
    }

    Packing packing() {
        return packing;
    }

    List<List<Value>> rows() {
        return rows;
    }

    @Override
    public List<RowSet.Column> columns() {
        return definition.columns();
    }

    /** A value for a column of IDENTITY, which none gives twice. */
    Value generate() {
        Value value = definition.identityValue(nextIdentity);
        nextIdentity += definition.increment();
        return value;
    }

    @Override
    public void insert(List<List<Value>> added) {
        List<List<Value>> all = new ArrayList<>(rows);
        for (List<Value> row : added) {
            all.add(definition.checked(row));
        }
        replace(all);
    }

    /** Other rows instead of these, which the constraints on several rows must allow. */
    void replace(List<List<Value>> all) {
        definition.checkKeys(all);
        rows = all;
    }
}
