package org.parley.sql.run;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.parley.sql.ast.DefinitionStatement;

/** What is done for each kind of definition statement, in scripts and in definitions alone. */
final class DefinitionSteps {

    private final Map<Class<? extends DefinitionStatement>, Consumer<DefinitionStatement>> steps = new HashMap<>();

    DefinitionSteps(DefinitionContext context) {
        new DefinitionRunner(context).register(this);
        new SecurityRunner(context).register(this);
        new OptionRunner(context).register(this);
        new EndpointRunner(context).register(this);
        new DropRunner(context).register(this);
    }

    <S extends DefinitionStatement> void does(Class<S> kind, Consumer<S> step) {
        steps.put(kind, statement -> step.accept(kind.cast(statement)));
    }

    Set<Class<? extends DefinitionStatement>> kinds() {
        return steps.keySet();
    }

    void run(DefinitionStatement statement) {
        steps.get(statement.getClass()).accept(statement);
    }
}
