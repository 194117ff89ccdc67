package org.parley.engine.catalog;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.parley.ActivationDefinition;
import org.parley.QueueDefinition.PoisonAction;
import org.parley.engine.catalog.DefinitionStatement.AlterQueue;
import org.parley.engine.catalog.DefinitionStatement.CreateQueue;

/** Parses CREATE QUEUE and ALTER QUEUE; service-broker.md, section 1.5. */
final class QueueScript {

    private static final String OPTIONS = "STATUS, RETENTION, ACTIVATION, POISON_MESSAGE_HANDLING or REDELIVERY_DELAY";
    private static final String ACTIVATION = "STATUS, PROCEDURE_NAME, MAX_QUEUE_READERS, EXECUTE AS or DROP";

    private final ScriptReader in;

    QueueScript(ScriptReader in) {
        this.in = in;
    }

    CreateQueue create() {
        String name = in.queueName();
        in.skipAuthorization();
        List<QueueOption> options = in.skip("WITH") ? options(true) : List.of();
        if (in.token().is("ON")) {
            throw in.unsupported("a filegroup", "the end of the statement");
        }
        return new CreateQueue(name, options);
    }

    AlterQueue alter() {
        String name = in.queueName();
        Token next = in.token();
        if (next.is("REBUILD") || next.is("REORGANIZE") || next.is("MOVE")) {
            throw in.unsupported("ALTER QUEUE ... " + next.text().toUpperCase(Locale.ROOT), "WITH and an option");
        }
        in.expect("WITH");
        return new AlterQueue(name, options(false));
    }

    private List<QueueOption> options(boolean create) {
        List<QueueOption> options = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        do {
            String word = once(seen);
            options.add(option(word, create));
        } while (in.skip(','));
        return options;
    }

    private String once(Set<String> seen) {
        String word = in.token().text().toUpperCase(Locale.ROOT);
        if (!seen.add(word)) {
            throw in.twice(word);
        }
        return word;
    }

    private QueueOption option(String word, boolean create) {
        if (in.skip("STATUS")) {
            return new QueueOption.Status(in.onOff());
        } else if (in.skip("RETENTION")) {
            return new QueueOption.Retention(in.onOff());
        } else if (in.skip("REDELIVERY_DELAY")) {
            in.expect('=');
            return new QueueOption.RedeliveryDelay(Duration.ofMillis(in.number("a number of milliseconds")));
        } else if (in.skip("POISON_MESSAGE_HANDLING")) {
            return poison();
        } else if (in.skip("ACTIVATION")) {
            return activation(create);
        }
        throw in.expected(OPTIONS);
    }

    private QueueOption poison() {
        Boolean on = null;
        PoisonAction action = null;
        Set<String> seen = new HashSet<>();
        in.expect('(');
        do {
            once(seen);
            if (in.skip("STATUS")) {
                on = in.onOff();
            } else if (in.skip("ACTION")) {
                in.expect('=');
                action = action();
            } else {
                throw in.expected("STATUS or ACTION");
            }
        } while (in.skip(','));
        in.close();
        return new QueueOption.Poison(on, action);
    }

    private PoisonAction action() {
        for (PoisonAction action : PoisonAction.values()) {
            if (in.skip(action.name())) {
                return action;
            }
        }
        throw in.expected("DISABLE_QUEUE or SUSPEND_GROUP");
    }

    private QueueOption activation(boolean create) {
        in.expect('(');
        if (!create && in.skip("DROP")) {
            in.close();
            return new QueueOption.NewActivation(ActivationDefinition.NONE);
        }
        // given at all, it is on; a part that is altered leaves the status as it is
        Boolean on = create ? true : null;
        String procedure = null;
        Integer readers = null;
        String executeAs = create ? QueueOption.SELF : null;
        Set<String> seen = new HashSet<>();
        do {
            once(seen);
            if (in.skip("STATUS")) {
                on = in.onOff();
            } else if (in.skip("PROCEDURE_NAME")) {
                in.expect('=');
                procedure = procedure();
            } else if (in.skip("MAX_QUEUE_READERS")) {
                in.expect('=');
                readers = (int) Math.min(in.number("a number of readers"), Integer.MAX_VALUE);
            } else if (in.skip("EXECUTE")) {
                executeAs = executeAs();
            } else {
                throw in.expected(ACTIVATION);
            }
        } while (in.skip(','));
        in.close();
        return new QueueOption.Activation(on, procedure, readers, executeAs);
    }

    private String procedure() {
        StringBuilder name = new StringBuilder(in.part("a procedure name"));
        for (int parts = 1; parts < 3 && in.skip('.'); parts++) {
            name.append('.').append(in.part("a procedure name"));
        }
        return name.toString();
    }

    private String executeAs() {
        in.expect("AS");
        if (in.skip("SELF")) {
            return QueueOption.SELF;
        }
        if (in.skip("OWNER")) {
            return "";
        }
        return in.text("SELF, OWNER or a user in quotes");
    }
}
