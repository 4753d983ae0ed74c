package org.datareturn.sandbox.watermark;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.datareturn.sandbox.keys.KeyedFunction;
import org.jspecify.annotations.Nullable;

/**
 * Marks released tables. Every numeric cell is moved by its column's whole tolerance, up or down as a keyed coin says;
 * keys, texts and NULL stay, and no figure that was not negative becomes so.
 *
 * <p>Agrawal and Kiernan (<i>Watermarking Relational Databases</i>, VLDB 2002) mark the lowest bits of chosen cells;
 * rounding, which every recipient may do, erases those. Moving all cells by as much as the release's own precision
 * permits puts the mark where only a loss of precision reaches it. What nobody can mark is what rounding already fixed:
 * when all values lie on the rounding grid and the tolerance is below half a step, rounding to that same grid restores
 * the unmarked table; give tolerances of half a step, or mark before the last rounding, where that matters.
 *
 * <p>Give one release id to one answer: the same query on the same edition must bear the same id, else a recipient could
 * average the marks of many copies away. Thread-safe.
 */
public final class TableWatermark {
    private final Marks marks;

    /** A watermark under a key of the ring. */
    public TableWatermark(KeyedFunction key) {
        this.marks = new Marks(key);
    }

    /**
     * The table as this recipient gets it; the same for the same release and recipient.
     *
     * @param table the unmarked release; archive it (see {@link ReleaseArchive}), tracing needs it
     * @param recipient who will be named if it leaks
     * @param release the release's id
     */
    public Marked mark(NeutralTable table, String recipient, String release) {
        List<Integer> keys = table.places(NeutralTable.Role.KEY);
        List<List<@Nullable Object>> rows = new ArrayList<>(table.rows().size());
        int marked = 0;
        for (List<@Nullable Object> row : table.rows()) {
            List<String> rowKey = Marks.rowKey(row, keys);
            List<@Nullable Object> copy = new ArrayList<>(row);
            for (int place : table.places(NeutralTable.Role.VALUE)) {
                NeutralTable.Column column = table.columns().get(place);
                @Nullable Object value = row.get(place);
                Optional<BigDecimal> amplitude = Marks.amplitude(value, column.tolerance());
                if (value != null && amplitude.isPresent()) {
                    int direction = marks.direction(release, recipient, rowKey, column.name());
                    copy.set(place, moved(value, amplitude.get(), direction));
                    marked++;
                }
            }
            rows.add(copy);
        }
        return new Marked(new NeutralTable(table.columns(), rows), recipient, release, marked);
    }

    private static Object moved(Object value, BigDecimal amplitude, int direction) {
        BigDecimal offset = direction > 0 ? amplitude : amplitude.negate();
        return switch (value) {
            case Long whole -> BigDecimal.valueOf(whole).add(offset).longValue();
            case BigDecimal decimal -> decimal.add(offset);
            case Double real -> BigDecimal.valueOf(real).add(offset).doubleValue();
            default -> value;
        };
    }
}
