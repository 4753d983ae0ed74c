package org.datareturn.guard.engine;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An engine that holds a zone's tables and runs the guard's own SQL, never a caller's. Each table has, beside its
 * declared columns, {@link #ROW} (the row's number) and {@link #SUBJECT} (its subject's number). Thread-safe.
 */
public interface EngineStore extends AutoCloseable {
    /** The column holding a row's number; no declared name can be like it. */
    String ROW = "~row";

    /** The column holding the number of a row's subject. */
    String SUBJECT = "~subject";

    /** Rows that are asked for at most; see {@link #query}. */
    int MOST_ROWS = 50_000;

    /** How this engine writes SQL. */
    EngineDialect dialect();

    /**
     * Runs a statement and gives each row: {@link Long} for whole numbers, {@link java.math.BigDecimal},
     * {@link String}, {@link java.time.LocalDate}, {@link Boolean}, {@code int[]} for lists of row numbers,
     * {@code byte[]} for sets of them, or null.
     *
     * <p>Of more than {@link #MOST_ROWS} rows at least one more than that is given, so that the caller sees that there are
     * too many, but not necessarily all.
     *
     * @throws EngineException when it fails or exceeds the time allowed
     */
    void query(String sql, Consumer<List<@Nullable Object>> reader) throws EngineException;

    @Override
    void close();
}
