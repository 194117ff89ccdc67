package org.parley.sql.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.ControlStatement.Break;
import org.parley.sql.ast.ControlStatement.Continue;
import org.parley.sql.ast.ControlStatement.Declare;
import org.parley.sql.ast.ControlStatement.Declared;
import org.parley.sql.ast.ControlStatement.ExecuteProcedure;
import org.parley.sql.ast.ControlStatement.Return;
import org.parley.sql.ast.ControlStatement.ScalarVariable;
import org.parley.sql.ast.ControlStatement.SetVariable;
import org.parley.sql.ast.ControlStatement.TableVariable;
import org.parley.sql.ast.ControlStatement.Use;
import org.parley.sql.ast.ControlStatement.While;
import org.parley.sql.ast.ConversationStatement.BeginDialog;
import org.parley.sql.ast.ConversationStatement.GetConversationGroup;
import org.parley.sql.ast.ConversationStatement.Named;
import org.parley.sql.ast.ConversationStatement.Receive;
import org.parley.sql.ast.DataStatement;
import org.parley.sql.ast.DefinitionStatement.Procedure;
import org.parley.sql.ast.Expression.Variable;
import org.parley.sql.ast.Position;
import org.parley.sql.ast.Query;
import org.parley.sql.ast.Statement;
import org.parley.sql.value.Types;

/**
 * The variables that a batch, procedure or text declares, found before it runs: each is declared once, and stands in the text
 * before what uses it, whatever way the flow takes.
 */
final class Declarations {

    private static final int UNDECLARED = 137;
    private static final int TABLE_UNDECLARED = 1087;
    private static final int TWICE = 134;
    private static final int BREAK_OUTSIDE = 135;
    private static final int CONTINUE_OUTSIDE = 136;
    private static final int USE_IN_PROCEDURE = 154;
    private static final int RETURNS_VALUE = 178;
    private static final int HAS_PARAMETERS = 40514;

    private final Map<String, Declared> variables = new LinkedHashMap<>();
    private final boolean procedure;
    private Position at = Position.NONE;
    private int loops;

    private Declarations(boolean procedure) {
        this.procedure = procedure;
    }

    /**
     * The variables of statements, by name in lower case.
     *
     * @param procedure whether they are the body of a procedure, which may RETURN a value
     * @throws CompileError 137 and 1087 for one that isn't declared, 134 for one that is declared twice, and for a statement that
     *     isn't allowed where it stands
     */
    static Map<String, Declared> of(List<Statement> statements, boolean procedure) {
        Declarations declarations = new Declarations(procedure);
        Tree.walk(statements, declarations::visit);
        return declarations.variables;
    }

    private boolean visit(Record node) {
        if (node instanceof Statement statement) {
            at = statement.at();
        }
        if (node instanceof Procedure definition) {
            // its variables are its own
            checkParameters(definition);
            of(definition.body(), true);
            return false;
        }
        if (node instanceof Declare declare) {
            declare.variables().forEach(this::declare);
            return false;
        }
        if (node instanceof While loop) {
            Tree.walk(List.of(loop.condition()), this::visit);
            loops++;
            Tree.walk(List.of(loop.body()), this::visit);
            loops--;
            return false;
        }
        checkPlace(node);
        used(node);
        return true;
    }

    private static void checkParameters(Procedure definition) {
        if (!definition.parameters().isEmpty()) {
            throw new CompileError(
                    HAS_PARAMETERS,
                    definition.at(),
                    "The procedure '" + definition.name() + "' has the parameter '"
                            + definition.parameters().get(0) + "'; procedures take no parameters here.");
        }
    }

    /** Statements that are at home in some places only. */
    private void checkPlace(Record node) {
        if (node instanceof Return result && result.value() != null && !procedure) {
            throw new CompileError(
                    RETURNS_VALUE, at, "RETURN with a value is only allowed in a procedure, not in a batch.");
        }
        if (node instanceof Break && loops == 0) {
            throw new CompileError(BREAK_OUTSIDE, at, "BREAK is only allowed inside of WHILE.");
        }
        if (node instanceof Continue && loops == 0) {
            throw new CompileError(CONTINUE_OUTSIDE, at, "CONTINUE is only allowed inside of WHILE.");
        }
        if (node instanceof Use use && procedure) {
            throw new CompileError(
                    USE_IN_PROCEDURE,
                    at,
                    "USE " + use.database()
                            + " is not allowed in a procedure: it works in the database that holds it.");
        }
    }

    private void used(Record node) {
        if (node instanceof Variable variable) {
            use(variable.name(), variable.at());
        } else if (node instanceof SetVariable set) {
            use(set.variable(), at);
        } else if (node instanceof ExecuteProcedure execute) {
            use(execute.result(), at);
        } else if (node instanceof BeginDialog begin) {
            use(begin.variable(), at);
        } else if (node instanceof GetConversationGroup get) {
            use(get.variable(), at);
        } else if (node instanceof Named named) {
            use(named.variable(), at);
        } else if (node instanceof Query.Assignment assignment) {
            use(assignment.variable(), at);
        } else if (node instanceof DataStatement.Assigned assigned) {
            use(assigned.variable(), at);
        } else if (node instanceof Receive receive) {
            useTable(receive.intoTable(), at);
        } else if (node instanceof Query.VariableTable table) {
            useTable(table.variable(), table.at());
        } else if (node instanceof DataStatement.Target target) {
            useTable(target.variable(), at);
        }
    }

    private void declare(Declared declared) {
        if (declared instanceof ScalarVariable scalar) {
            checkType(scalar);
        }
        // what it begins with can't name it, nor what is declared behind it
        Tree.walk(List.of(declared), this::visit);
        if (variables.putIfAbsent(key(declared.name()), declared) != null) {
            throw new CompileError(
                    TWICE,
                    at,
                    "The variable '" + declared.name()
                            + "' is declared twice; a variable is declared once in its batch or procedure.");
        }
    }

    private void checkType(ScalarVariable scalar) {
        try {
            Types.declared(scalar.type());
        } catch (ScriptError e) {
            throw new CompileError(e.number(), at, "The variable '" + scalar.name() + "': " + e.getMessage());
        }
    }

    private void use(String name, Position position) {
        if (name != null && !(variables.get(key(name)) instanceof ScalarVariable)) {
            boolean table = variables.get(key(name)) instanceof TableVariable;
            throw new CompileError(
                    UNDECLARED,
                    position,
                    "The variable '" + name + "' "
                            + (table ? "is a table and has no single value" : "isn't declared")
                            + "; DECLARE " + name + " with a type before it is used, in the same batch.");
        }
    }

    private void useTable(String name, Position position) {
        if (name != null && !(variables.get(key(name)) instanceof TableVariable)) {
            throw new CompileError(
                    TABLE_UNDECLARED,
                    position,
                    "The table variable '" + name + "' isn't declared; DECLARE " + name
                            + " TABLE (...) before it is used, in the same batch.");
        }
    }

    /** What a variable is looked up by. */
    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
