package org.parley;

import java.util.List;

/**
 * All that a script gave.
 *
 * @param outputs in their order
 */
public record ScriptResult(List<ScriptOutput> outputs) {

    /** Copies its list. */
    public ScriptResult {
        outputs = List.copyOf(outputs);
    }

    /** The results with rows. */
    public List<ScriptOutput.Rows> rows() {
        return outputs.stream()
                .filter(ScriptOutput.Rows.class::isInstance)
                .map(ScriptOutput.Rows.class::cast)
                .toList();
    }

    /** What was said: by PRINT, RAISERROR and errors. */
    public List<ScriptMessage> messages() {
        return outputs.stream()
                .filter(ScriptOutput.Said.class::isInstance)
                .map(output -> ((ScriptOutput.Said) output).message())
                .toList();
    }

    /** How many rows each statement affected. */
    public List<Long> counts() {
        return outputs.stream()
                .filter(ScriptOutput.Affected.class::isInstance)
                .map(output -> ((ScriptOutput.Affected) output).rows())
                .toList();
    }
}
