package org.parley.sql.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.parley.ProcedureDefinition;
import org.parley.sql.ast.ObjectName;
import org.parley.sql.value.SqlType;
import org.parley.sql.value.Value;

/** Views of the system about tables, which the statement brings itself. Those about conversations are views of the store. */
enum SystemTable {
    SCHEMAS(column("name", SqlType.SYSNAME), column("schema_id", SqlType.INT), column("principal_id", SqlType.INT)) {
        @Override
        List<List<Value>> rows(Translation translation) {
            return List.of(row("dbo", DBO, DBO), row("sys", SYS, SYS));
        }
    },

    OBJECTS(objects()) {
        @Override
        List<List<Value>> rows(Translation translation) {
            List<List<Value>> rows = new ArrayList<>(TABLES.rows(translation));
            translation
                    .scope()
                    .connection()
                    .catalog()
                    .queues()
                    .forEach(queue -> rows.add(object(translation, queue.name(), "SQ", "SERVICE_QUEUE")));
            for (ProcedureDefinition procedure :
                    translation.scope().connection().catalog().procedures()) {
                rows.add(object(translation, procedure.name(), "P ", "SQL_STORED_PROCEDURE"));
            }
            return rows;
        }
    },

    PROCEDURES(objects()) {
        @Override
        List<List<Value>> rows(Translation translation) {
            return translation.scope().connection().catalog().procedures().stream()
                    .map(procedure -> object(translation, procedure.name(), "P ", "SQL_STORED_PROCEDURE"))
                    .toList();
        }
    },

    TABLES(objects()) {
        @Override
        List<List<Value>> rows(Translation translation) {
            return translation.dictionary().tables().stream()
                    .map(table -> object(translation, table.name().name(), "U ", "USER_TABLE"))
                    .toList();
        }
    },

    COLUMNS(
            column("object_id", SqlType.INT),
            column("name", SqlType.SYSNAME),
            column("column_id", SqlType.INT),
            column("type_name", SqlType.SYSNAME),
            column("max_length", SqlType.INT),
            column("precision", SqlType.INT),
            column("scale", SqlType.INT),
            column("is_nullable", SqlType.BIT),
            column("is_identity", SqlType.BIT)) {
        @Override
        List<List<Value>> rows(Translation translation) {
            List<List<Value>> rows = new ArrayList<>();
            for (Relation table : translation.dictionary().tables()) {
                Object id = number(translation, table.name().name(), "U ");
                for (Relation.Column each : table.columns()) {
                    SqlType type = each.type();
                    int length = type.isNational() && !type.isMax() ? 2 * type.length() : type.length();
                    rows.add(row(
                            id,
                            each.name(),
                            table.columns().indexOf(each) + 1,
                            type.base().word(),
                            length,
                            type.precision(),
                            type.scale(),
                            each.nullable(),
                            each.identity()));
                }
            }
            return rows;
        }
    },

    INFORMATION_TABLES(
            column("TABLE_CATALOG", SqlType.SYSNAME),
            column("TABLE_SCHEMA", SqlType.SYSNAME),
            column("TABLE_NAME", SqlType.SYSNAME),
            column("TABLE_TYPE", SqlType.SYSNAME)) {
        @Override
        List<List<Value>> rows(Translation translation) {
            String database = translation.scope().connection().database();
            return translation.dictionary().tables().stream()
                    .map(table -> row(
                            database, schema(translation, table), table.name().name(), "BASE TABLE"))
                    .toList();
        }
    },

    INFORMATION_COLUMNS(
            column("TABLE_CATALOG", SqlType.SYSNAME),
            column("TABLE_SCHEMA", SqlType.SYSNAME),
            column("TABLE_NAME", SqlType.SYSNAME),
            column("COLUMN_NAME", SqlType.SYSNAME),
            column("ORDINAL_POSITION", SqlType.INT),
            column("IS_NULLABLE", SqlType.SYSNAME),
            column("DATA_TYPE", SqlType.SYSNAME),
            column("CHARACTER_MAXIMUM_LENGTH", SqlType.INT)) {
        @Override
        List<List<Value>> rows(Translation translation) {
            String database = translation.scope().connection().database();
            List<List<Value>> rows = new ArrayList<>();
            for (Relation table : translation.dictionary().tables()) {
                for (Relation.Column each : table.columns()) {
                    rows.add(row(
                            database,
                            schema(translation, table),
                            table.name().name(),
                            each.name(),
                            table.columns().indexOf(each) + 1,
                            each.nullable() ? "YES" : "NO",
                            each.type().base().word(),
                            each.type().isText() ? each.type().length() : null));
                }
            }
            return rows;
        }
    };

    private static final int DBO = 1;
    private static final int SYS = 4;

    private static final Map<String, SystemTable> INFORMATION =
            Map.of("TABLES", INFORMATION_TABLES, "COLUMNS", INFORMATION_COLUMNS);

    private final Packing packing;

    SystemTable(RowSet.Column... columns) {
        packing = new Packing(List.of(columns));
    }

    private static RowSet.Column column(String name, SqlType type) {
        return new RowSet.Column(name, type);
    }

    private static RowSet.Column[] objects() {
        return new RowSet.Column[] {
            column("name", SqlType.SYSNAME),
            column("object_id", SqlType.INT),
            column("schema_id", SqlType.INT),
            column("type", SqlType.of(SqlType.Base.CHAR, 2)),
            column("type_desc", SqlType.SYSNAME)
        };
    }

    /** The one that a name means, or null. */
    static SystemTable find(ObjectName name) {
        String schema = name.before(1);
        String last = name.last().toUpperCase(Locale.ROOT);
        if ("INFORMATION_SCHEMA".equalsIgnoreCase(schema)) {
            return INFORMATION.get(last);
        }
        if (!"sys".equalsIgnoreCase(schema) || last.startsWith("INFORMATION_")) {
            return null;
        }
        for (SystemTable each : values()) {
            if (each.name().equals(last)) {
                return each;
            }
        }
        return null;
    }

    Packing packing() {
        return packing;
    }

    /** Its columns under an alias; names are compared without regard to case, as scripts write them. */
    List<Names.Seen> seen(int alias) {
        return packing.seen(alias).stream()
                .map(seen -> new Names.Seen(
                        seen.name(), seen.type(), seen.sql(), seen.type().isText(), seen.place()))
                .toList();
    }

    /** What is there now. */
    abstract List<List<Value>> rows(Translation translation);

    List<Value> row(Object... contents) {
        List<Value> row = new ArrayList<>();
        for (int i = 0; i < contents.length; i++) {
            row.add(new Value(packing.columns().get(i).type(), contents[i]));
        }
        return row;
    }

    List<Value> object(Translation translation, String name, String type, String description) {
        return row(name, number(translation, name, type), DBO, type, description);
    }

    private static Object number(Translation translation, String name, String type) {
        return translation.scope().session().objectId(ObjectName.of(name), type.trim());
    }

    private static String schema(Translation translation, Relation table) {
        String schema = table.name().schema();
        return schema.equals(translation.dictionary().currentSchema()) ? "dbo" : schema;
    }
}
