package org.parley.engine.store.derby;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.derby.iapi.services.context.ContextManager;
import org.apache.derby.iapi.services.context.ContextService;
import org.apache.derby.iapi.services.io.FormatableBitSet;
import org.apache.derby.iapi.sql.conn.LanguageConnectionContext;
import org.apache.derby.iapi.sql.dictionary.ColumnDescriptor;
import org.apache.derby.iapi.sql.dictionary.DataDictionary;
import org.apache.derby.iapi.sql.dictionary.SchemaDescriptor;
import org.apache.derby.iapi.sql.dictionary.TableDescriptor;
import org.apache.derby.iapi.store.access.ScanController;
import org.apache.derby.iapi.store.access.TransactionController;
import org.apache.derby.iapi.types.DataValueDescriptor;
import org.apache.derby.impl.jdbc.EmbedConnection;
import org.apache.derby.impl.jdbc.Util;
import org.apache.derby.shared.common.error.StandardException;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;

/**
 * Reads whole tables of the engine's own schema, without locks, from Derby's store itself: an open reads some thirty
 * tables, and to compile as many queries takes several times as long as all the rest of it. What it sees is what a query
 * with isolation UR sees. The transaction that it has begun is the caller's to end.
 */
final class TableScan {

    private final EmbedConnection connection;

    TableScan(EmbedConnection connection) {
        this.connection = connection;
    }

    /** Takes a row; it is another one as soon as this returns. */
    @FunctionalInterface
    interface Taker {
        void take(StoredRow at) throws SQLException;
    }

    /** Takes all rows, in no order. */
    void each(String table, String columns, Taker taker) throws SQLException {
        in(table, columns, (scan, row) -> {
            while (scan.fetchNext(row.cells)) {
                taker.take(row);
            }
            return null;
        });
    }

    /** Whether it has no row. */
    boolean isEmpty(String table, String column) throws SQLException {
        return in(table, column, (scan, row) -> !scan.fetchNext(row.cells));
    }

    @FunctionalInterface
    private interface Use<T> {
        T of(ScanController scan, Cells row) throws SQLException, StandardException;
    }

    private <T> T in(String table, String columns, Use<T> use) throws SQLException {
        ContextService contexts = ContextService.getFactory();
        ContextManager context = connection.getContextManager();
        contexts.setCurrentContextManager(context);
        try {
            TableDescriptor descriptor = descriptor(table);
            Cells row = new Cells(descriptor, columns(descriptor, columns));
            ScanController scan = connection
                    .getLanguageConnection()
                    .getTransactionExecute()
                    .openScan(
                            descriptor.getHeapConglomerateId(),
                            false,
                            0,
                            TransactionController.MODE_RECORD,
                            TransactionController.ISOLATION_READ_UNCOMMITTED,
                            row.wanted,
                            null,
                            0,
                            null,
                            null,
                            0);
            try {
                return use.of(scan, row);
            } finally {
                scan.close();
            }
        } catch (StandardException e) {
            throw Util.generateCsSQLException(e);
        } finally {
            contexts.resetCurrentContextManager(context);
        }
    }

    private TableDescriptor descriptor(String table) throws StandardException {
        LanguageConnectionContext language = connection.getLanguageConnection();
        TransactionController transaction = language.getTransactionExecute();
        DataDictionary dictionary = language.getDataDictionary();
        int reading = dictionary.startReading(language);
        try {
            SchemaDescriptor schema = dictionary.getSchemaDescriptor(SqlRules.SCHEMA, transaction, true);
            TableDescriptor found = dictionary.getTableDescriptor(table, schema, transaction);
            if (found == null) {
                throw otherSchema("table " + table);
            }
            return found;
        } finally {
            dictionary.doneReading(reading, language);
        }
    }

    private List<ColumnDescriptor> columns(TableDescriptor table, String names) {
        List<ColumnDescriptor> columns = new ArrayList<>();
        for (String name : names.split(", ")) {
            ColumnDescriptor column = table.getColumnDescriptor(name);
            if (column == null) {
                throw otherSchema("column " + name + " in table " + table.getName());
            }
            columns.add(column);
        }
        return columns;
    }

    /** A version that was released is brought up to date before anything else is read. */
    private BrokerException otherSchema(String missing) {
        return new BrokerException(
                ErrorNumbers.OTHER_SCHEMA,
                "Database " + connection.getDBName() + " has no " + missing + " in its schema: a Parley that was never"
                        + " released has made it. Use that one, or make the database anew.");
    }

    /** A row whose cells the scan fills; those that nobody asked for stay out. */
    private static final class Cells implements StoredRow {

        private final DataValueDescriptor[] cells;
        private final FormatableBitSet wanted;
        private final int[] places;

        Cells(TableDescriptor table, List<ColumnDescriptor> columns) throws StandardException {
            int width = table.getNumberOfColumns();
            cells = new DataValueDescriptor[width];
            wanted = new FormatableBitSet(width);
            places = new int[columns.size()];
            for (int i = 0; i < places.length; i++) {
                ColumnDescriptor column = columns.get(i);
                int place = column.getPosition() - 1;
                cells[place] = column.getType().getNull();
                wanted.set(place);
                places[i] = place;
            }
        }

        private DataValueDescriptor at(int column) {
            return cells[places[column - 1]];
        }

        @Override
        public int getInt(int column) throws SQLException {
            try {
                return at(column).getInt();
            } catch (StandardException e) {
                throw Util.generateCsSQLException(e);
            }
        }

        @Override
        public long getLong(int column) throws SQLException {
            try {
                return at(column).getLong();
            } catch (StandardException e) {
                throw Util.generateCsSQLException(e);
            }
        }

        @Override
        public boolean getBoolean(int column) throws SQLException {
            try {
                return at(column).getBoolean();
            } catch (StandardException e) {
                throw Util.generateCsSQLException(e);
            }
        }

        @Override
        public String getString(int column) throws SQLException {
            try {
                return at(column).getString();
            } catch (StandardException e) {
                throw Util.generateCsSQLException(e);
            }
        }

        @Override
        public byte[] getBytes(int column) throws SQLException {
            try {
                return at(column).getBytes();
            } catch (StandardException e) {
                throw Util.generateCsSQLException(e);
            }
        }

        @Override
        public boolean isNull(int column) {
            return at(column).isNull();
        }
    }
}
