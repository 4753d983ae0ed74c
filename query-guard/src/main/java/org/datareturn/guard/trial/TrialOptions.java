package org.datareturn.guard.trial;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.datareturn.guard.engine.EngineServers;

/**
 * What a trial is to do.
 *
 * @param declaration the zone's declaration
 * @param tables the CSV file of each table
 * @param questions where the questions come from
 * @param explain whether to show the SQL the engine ran
 * @param servers the servers of zones that do not lie in this process
 */
public record TrialOptions(
        Path declaration, Map<String, Path> tables, Questions questions, boolean explain, EngineServers servers) {
    /** Where questions come from. */
    public sealed interface Questions {
        /** One query. */
        record One(String sql) implements Questions {}

        /** A file of JSON lines. */
        record Batch(Path file) implements Questions {}

        /** JSON lines on standard input, each answered at once. */
        record Live() implements Questions {}
    }

    public TrialOptions {
        tables = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    }

    /** A trial in this process. */
    public TrialOptions(Path declaration, Map<String, Path> tables, Questions questions, boolean explain) {
        this(declaration, tables, questions, explain, EngineServers.none());
    }
}
