package org.datareturn.guard.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An engine that holds nothing at all: it computes over rows written into the statement itself. What it is given has been
 * released, so that neither its results nor its errors nor the time it takes can tell anything more. It reaches no files, no
 * network, no clock and no chance, and its time, memory and rows are bounded. Thread-safe.
 */
public interface Scratch extends AutoCloseable {
    /** Rows it gives at most. */
    int MOST_ROWS = 100_000;

    /**
     * A result.
     *
     * @param types the columns' types: VARCHAR, BIGINT, INTEGER, DOUBLE, {@code DECIMAL(p,s)}, DATE or BOOLEAN
     * @param rows the rows: {@link String}, {@link Long}, {@link java.math.BigDecimal}, {@link java.time.LocalDate},
     *     {@link Boolean} or null; a number that is none (NaN, infinite) is null
     */
    record Table(List<String> types, List<List<@Nullable Object>> rows) {}

    /**
     * Runs a statement.
     *
     * @throws EngineException when it fails, or exceeds the time, memory or rows allowed
     */
    Table run(String sql) throws EngineException;

    @Override
    void close();
}
