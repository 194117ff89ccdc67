package org.parley.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Options that are not given come from the environment: {@code --home} from {@code PARLEY_HOME}. */
final class EnvironmentDefaults implements IDefaultValueProvider {

    private static final Set<String> OPTIONS = Set.of("--home", "--database", "--user", "--format");

    private final Map<String, String> environment;

    EnvironmentDefaults(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || !OPTIONS.contains(option.longestName())) {
            return null;
        }
        return environment.get("PARLEY_" + option.longestName().substring(2).toUpperCase(Locale.ROOT));
    }
}
