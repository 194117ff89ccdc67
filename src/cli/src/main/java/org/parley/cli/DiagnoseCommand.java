package org.parley.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks a planned dialog. */
@Command(name = "diagnose", description = "Checks a planned dialog end to end and says what is missing.")
final class DiagnoseCommand implements Callable<Integer> {

    @Mixin
    private Home home;

    @Option(names = "--from", required = true, paramLabel = "SERVICE", description = "Service that begins the dialog.")
    private String from;

    @Override
    public Integer call() {
        return 0;
    }
}
