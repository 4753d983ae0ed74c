package org.datareturn.guard.engine;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.datareturn.guard.plan.Band;
import org.datareturn.guard.plan.BaseColumn;
import org.datareturn.guard.plan.BaseColumn.Split;
import org.datareturn.guard.plan.CellQuery;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.BitSetUtil;
import org.roaringbitmap.RoaringBitmap;

/** Asks an engine for the base cells of a question. Stateless and thread-safe. */
final class BaseCellReader {
    private BaseCellReader() {}

    /**
     * The base cells; when there are more than {@link EngineStore#MOST_ROWS}, at least one more than that.
     *
     * @param sql the statement of {@link CellSql#baseCells}
     * @throws EngineException when the engine fails
     */
    static List<BaseCell> read(EngineStore store, CellQuery query, String sql) throws EngineException {
        List<BaseCell> cells = new ArrayList<>();
        store.query(sql, row -> {
            // A total over no rows has no list.
            Object numbered = row.getLast();
            if (cells.size() <= EngineStore.MOST_ROWS && numbered != null) {
                cells.add(new BaseCell(decode(query, row), rows(numbered)));
            }
        });
        return cells;
    }

    private static List<@Nullable Object> decode(CellQuery query, List<@Nullable Object> raw) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < query.base().size(); i++) {
            BaseColumn base = query.base().get(i);
            Object value = raw.get(i);
            values.add(
                    switch (base.split()) {
                        case Split.ByValue byValue -> value;
                        case Split.ByBand byBand ->
                            value instanceof Long code
                                    ? new Band(code.intValue(), base.column().bandLabel(code.intValue()))
                                    : null;
                        case Split.ByMention(List<Object> named) ->
                            value instanceof Long code
                                    ? (code < 0 ? BaseColumn.Unnamed.OTHER : named.get(code.intValue()))
                                    : null;
                    });
        }
        return Collections.unmodifiableList(values);
    }

    private static RoaringBitmap rows(Object raw) {
        RoaringBitmap rows = switch (raw) {
            case int[] numbers -> RoaringBitmap.bitmapOfUnordered(numbers);
            case byte[] set -> {
                // The engine's first bit is the highest of a byte, the bitmap's the lowest of a word.
                LongBuffer words = ByteBuffer.wrap(set).asLongBuffer();
                long[] reversed = new long[words.remaining()];
                for (int i = 0; i < reversed.length; i++) {
                    reversed[i] = Long.reverse(words.get(i));
                }
                yield BitSetUtil.bitmapOf(reversed);
            }
            default -> throw new IllegalStateException("the engine gives rows as numbers or as a set");
        };
        rows.runOptimize();
        return rows;
    }
}
