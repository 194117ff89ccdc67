package org.parley.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.parley.LocalConnection;
import org.parley.Parley;
import org.parley.ScriptOutput.Column;
import org.parley.ScriptOutput.Rows;
import org.parley.cli.diagnose.Definitions;
import org.parley.cli.diagnose.Diagnosis;
import org.parley.cli.diagnose.Finding;
import org.parley.cli.diagnose.Plan;
import org.parley.cli.format.Format;
import org.parley.spi.BrokerClock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Checks a planned dialog. */
@Command(
        name = "diagnose",
        description = {
            "Checks a planned dialog from one service to another, end to end, and says what is missing: where, the error that"
                    + " the dialog would meet, and the statement that mends it.",
            "Nothing is sent and nothing is changed."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:nothing is missing",
            "1:something is missing, or the home can't be opened",
            "2:the command line was wrong"
        })
final class DiagnoseCommand implements Callable<Integer> {

    private static final List<Column> COLUMNS = List.of(
            new Column("missing", "bit"),
            new Column("number", "int"),
            new Column("database", "sysname"),
            new Column("text", "nvarchar(max)"),
            new Column("statement", "nvarchar(max)"));

    @ParentCommand
    private ParleyCommand parley;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Home home;

    @Mixin
    private Output output;

    @Option(names = "--from", required = true, paramLabel = "SERVICE", description = "Service that begins the dialog.")
    private String from;

    @Option(names = "--to", required = true, paramLabel = "SERVICE", description = "Target service.")
    private String to;

    @Option(
            names = "--contract",
            paramLabel = "NAME",
            defaultValue = "DEFAULT",
            description = "Contract of the dialog; DEFAULT when left out.")
    private String contract;

    @Option(
            names = "--from-database",
            paramLabel = "NAME",
            description = "Database of the first service; needed when none has it, or several have.")
    private String fromDatabase;

    @Option(
            names = "--to-database",
            paramLabel = "NAME",
            description =
                    "Database of the target; else the first service's own if it has it, else the one that has it.")
    private String toDatabase;

    @Option(
            names = "--encryption",
            paramLabel = "on|off",
            defaultValue = "on",
            description = "ENCRYPTION of the dialog; on when left out.")
    private Switch encryption;

    @Option(
            names = "--sender",
            paramLabel = "NAME",
            defaultValue = "dbo",
            description = "User that begins the dialog and sends; dbo when left out.")
    private String sender;

    /** ON or OFF. */
    enum Switch {
        ON,
        OFF
    }

    @Override
    public Integer call() {
        List<Definitions> all = definitions();
        Definitions source = named(fromDatabase, all);
        if (source == null) {
            source = holder("--from-database", from, all);
        }
        Definitions target = named(toDatabase, all);
        if (target == null) {
            target = has(source, to) ? source : holderOr(source, all);
        }
        Plan plan = new Plan(from, to, contract, encryption == Switch.ON, sender);
        List<Finding> findings =
                new Diagnosis(plan, source, target, all, BrokerClock.system().instant()).findings();
        if (output.format() == Format.TABLE) {
            list(plan, source, target, findings);
        } else {
            output.writer().rows(rows(findings), parley.console().out());
        }
        return findings.stream().anyMatch(Finding::missing) ? ParleyCommand.FAILED : 0;
    }

    private List<Definitions> definitions() {
        List<Definitions> all = new ArrayList<>();
        try (Parley server = home.openExisting()) {
            for (String name : server.server().databasesInHome()) {
                try (LocalConnection connection = home.connect(server, name)) {
                    all.add(Definitions.of(connection));
                }
            }
        }
        return all;
    }

    private static Definitions named(String name, List<Definitions> all) {
        if (name == null) {
            return null;
        }
        Home.known(name, all.stream().map(Definitions::name).toList());
        return all.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    }

    private Definitions holder(String option, String service, List<Definitions> all) {
        List<Definitions> holders =
                all.stream().filter(each -> has(each, service)).toList();
        if (holders.size() == 1) {
            return holders.get(0);
        }
        String why = holders.isEmpty()
                ? "No database has service '" + service + "'"
                : "Several databases have service '" + service + "'";
        List<String> names = (holders.isEmpty() ? all : holders)
                .stream().map(Definitions::name).toList();
        throw new ParameterException(spec.commandLine(), why + "; choose one with " + option + ": " + names + ".");
    }

    private Definitions holderOr(Definitions source, List<Definitions> all) {
        boolean nowhere = all.stream().noneMatch(each -> has(each, to));
        return nowhere ? source : holder("--to-database", to, all);
    }

    private static boolean has(Definitions database, String service) {
        return database.services().stream().anyMatch(each -> each.name().equals(service));
    }

    private static Rows rows(List<Finding> findings) {
        List<List<Object>> rows = new ArrayList<>();
        for (Finding each : findings) {
            rows.add(Arrays.asList(
                    each.missing(),
                    each.number() == 0 ? null : each.number(),
                    each.database(),
                    each.text(),
                    each.statement()));
        }
        return new Rows(COLUMNS, rows);
    }

    /** Texts are sentences, too long for columns. */
    private void list(Plan plan, Definitions source, Definitions target, List<Finding> findings) {
        PrintWriter out = parley.console().out();
        out.println("From service '" + plan.from() + "' in database '" + source.name() + "' to service '" + plan.to()
                + "' in database '" + target.name() + "' on contract '" + plan.contract() + "':");
        out.println();
        long missing = 0;
        for (Finding each : findings) {
            missing += each.missing() ? 1 : 0;
            out.println((each.missing() ? "Missing " + each.number() : "Note") + " in " + each.database() + ": "
                    + each.text());
            if (each.statement() != null) {
                each.statement().lines().forEach(line -> out.println("    " + line));
            }
        }
        out.println();
        out.println(
                missing == 0
                        ? "Nothing is missing."
                        : missing + (missing == 1 ? " thing is missing." : " things are missing."));
    }
}
