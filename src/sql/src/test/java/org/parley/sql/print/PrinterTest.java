package org.parley.sql.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.parley.sql.ast.ControlStatement;
import org.parley.sql.ast.DataStatement;
import org.parley.sql.ast.DefinitionStatement;
import org.parley.sql.ast.Expression;
import org.parley.sql.ast.Query;
import org.parley.sql.ast.Statement;
import org.parley.sql.ast.TableDefinition;
import org.parley.sql.parse.BatchParser;

class PrinterTest {

    private static final int TREES = Integer.getInteger("print.trees", 1_500);
    private static final Long SEED = Long.getLong("print.seed");

    @Test
    void whatIsPrintedParsesToTheSameTree() {
        long first = SEED == null ? System.nanoTime() : SEED;
        Set<Class<?>> seen = new HashSet<>();
        for (long seed = first; seed < first + TREES; seed++) {
            List<Statement> batch = new RandomStatements(seed).batch();
            checkAgain(seed, batch);
            collect(batch, seen);
        }
        assertThat(seen)
                .as("kinds that the random trees of -Dprint.seed=" + first + " had")
                .containsAll(allKinds());
    }

    @Test
    void whatPeopleWriteIsPrintedAndParsesToTheSameTree() {
        for (String batch : SampleBatches.HAND_WRITTEN) {
            List<Statement> statements = BatchParser.parse(batch);
            assertThat(BatchParser.parse(Printer.print(statements))).isEqualTo(statements);
        }
    }

    private static void checkAgain(long seed, List<Statement> batch) {
        String text = Printer.print(batch);
        try {
            assertThat(BatchParser.parse(text)).isEqualTo(batch);
        } catch (RuntimeException | AssertionError e) {
            fail("-Dprint.trees=1 -Dprint.seed=" + seed + ": " + text, e);
        }
    }

    private static Set<Class<?>> allKinds() {
        Set<Class<?>> kinds = new HashSet<>();
        for (Class<?> sealed : List.of(
                Statement.class,
                Expression.class,
                Query.Body.class,
                Query.Item.class,
                Query.Source.class,
                DataStatement.Rows.class,
                ControlStatement.Declared.class,
                DefinitionStatement.QueueOption.class,
                TableDefinition.Constraint.class)) {
            addKinds(sealed, kinds);
        }
        return kinds;
    }

    private static void addKinds(Class<?> kind, Set<Class<?>> kinds) {
        if (kind.isSealed()) {
            for (Class<?> below : kind.getPermittedSubclasses()) {
                addKinds(below, kinds);
            }
        } else {
            kinds.add(kind);
        }
    }

    private static void collect(Object node, Set<Class<?>> seen) {
        if (node instanceof Collection<?> all) {
            all.forEach(one -> collect(one, seen));
        } else if (node instanceof Record) {
            seen.add(node.getClass());
            for (RecordComponent component : node.getClass().getRecordComponents()) {
                try {
                    collect(component.getAccessor().invoke(node), seen);
                } catch (ReflectiveOperationException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }
}
