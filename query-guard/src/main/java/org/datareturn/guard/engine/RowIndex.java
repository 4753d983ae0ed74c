package org.datareturn.guard.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.datareturn.guard.declaration.JoinDeclaration;
import org.datareturn.guard.plan.BaseColumn;
import org.datareturn.guard.plan.CellQuery;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Which rows each value of a column stands in: asked of the engine once an edition, column by column, and kept while there
 * is room, the least lately used going first. The base cells of a question are then the intersections of its columns'
 * rows (a bitmap index: O'Neil and Quass, "Improved query performance with variant indexes", SIGMOD 1997), which costs
 * less than asking the engine for the numbers of all rows again, unless there are very many cells. Whether a column is
 * kept depends on what was asked and on sizes, never on who asks. Belongs to one edition. Thread-safe.
 */
public final class RowIndex {
    /** Room for the rows of some fifteen columns of a table of ten million rows. */
    private static final long MOST_BYTES = 256L << 20;

    /** What a value costs beside its rows. */
    private static final int BYTES_PER_VALUE = 128;

    /** Rows of one container of a bitmap. */
    private static final int BLOCK = 1 << 16;

    /** Containers that may be intersected in the time the engine takes for any statement, and for two rows of a list. */
    private static final int FREE_INTERSECTIONS = 4096;

    /** What a row number in a list costs, in bits: four bytes, and as much again on its way. */
    private static final int NUMBER_BITS = 64;

    private final EngineStore store;
    private final LinkedHashMap<Key, List<BaseCell>> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** One column's split of the rows of joined tables; without a column, all of them. */
    private record Key(List<String> tables, List<JoinDeclaration> joins, Optional<Column> column) {
        /** A column, and how finely it divides. */
        record Column(String table, String name, BaseColumn.Split split) {}
    }

    /**
     * The base cells of a question.
     *
     * @param cells the cells; when there are more than {@link EngineStore#MOST_ROWS}, at least one more than that
     * @param sql what the engine was asked for them, now or earlier
     */
    public record Divided(List<BaseCell> cells, String sql) {}

    /**
     * What is known of a question's size before it is asked.
     *
     * @param rows how many rows the most detailed table has
     * @param lastRow the highest number of a row; −1 when there is none
     * @param splits at most how many values each base column divides by
     */
    public record Size(int rows, int lastRow, List<Integer> splits) {
        public Size {
            splits = List.copyOf(splits);
        }

        private long cells() {
            long cells = 1;
            for (int split : splits) {
                cells = Math.min(cells * split, Integer.MAX_VALUE);
            }
            return cells;
        }

        /** Whether intersecting costs less than having the engine write all row numbers. */
        private boolean intersecting() {
            long blocks = lastRow / BLOCK + 1L;
            return cells() * blocks <= FREE_INTERSECTIONS + rows / 2;
        }

        /** The length of a set of rows by bits, when so many sets are smaller than the numbers would be; else 0. */
        private int bits(long sets) {
            int bits = Math.ceilDiv(lastRow + 1, Long.SIZE) * Long.SIZE;
            return lastRow >= 0 && sets * bits <= (long) rows * NUMBER_BITS ? bits : 0;
        }
    }

    public RowIndex(EngineStore store) {
        this.store = store;
    }

    /**
     * Divides the rows of a question's tables into base cells.
     *
     * @throws EngineException when the engine fails
     */
    public Divided divide(CellQuery query, Size size) throws EngineException {
        if (!size.intersecting()) {
            String sql = new CellSql(query, store.dialect()).baseCells(size.bits(size.cells()));
            return new Divided(BaseCellReader.read(store, query, sql), sql);
        }
        if (query.base().isEmpty()) {
            return column(query, List.of(), size.bits(1));
        }
        List<BaseCell> cells = List.of();
        List<String> asked = new ArrayList<>();
        for (int i = 0; i < query.base().size() && cells.size() <= EngineStore.MOST_ROWS; i++) {
            int split = size.splits().get(i);
            Divided column = column(query, List.of(query.base().get(i)), size.bits(split));
            asked.add(column.sql());
            cells = i == 0 ? column.cells() : intersections(cells, column.cells());
        }
        return new Divided(cells, String.join(";\n", asked));
    }

    /** The rows by one column, or all of them together. */
    private Divided column(CellQuery query, List<BaseColumn> columns, int bits) throws EngineException {
        CellQuery alone = new CellQuery(query.tables(), query.joins(), columns, Optional.empty(), List.of(), List.of());
        String sql = new CellSql(alone, store.dialect()).baseCells(bits);
        Key key = new Key(
                query.tables(),
                query.joins(),
                columns.stream()
                        .findFirst()
                        .map(base -> new Key.Column(base.table(), base.column().name(), base.split())));
        List<BaseCell> known = known(key);
        if (known != null) {
            return new Divided(known, sql);
        }
        List<BaseCell> cells = List.copyOf(BaseCellReader.read(store, alone, sql));
        keep(key, cells);
        return new Divided(cells, sql);
    }

    private synchronized @Nullable List<BaseCell> known(Key key) {
        return kept.get(key);
    }

    private synchronized void keep(Key key, List<BaseCell> cells) {
        long own = bytes(cells);
        if (cells.size() > EngineStore.MOST_ROWS || own > MOST_BYTES || kept.putIfAbsent(key, cells) != null) {
            return;
        }
        bytes += own;
        var eldest = kept.entrySet().iterator();
        while (bytes > MOST_BYTES) {
            Map.Entry<Key, List<BaseCell>> entry = eldest.next();
            bytes -= bytes(entry.getValue());
            eldest.remove();
        }
    }

    private static long bytes(List<BaseCell> cells) {
        return cells.stream()
                .mapToLong(cell -> cell.rows().getLongSizeInBytes() + BYTES_PER_VALUE)
                .sum();
    }

    private static List<BaseCell> intersections(List<BaseCell> cells, List<BaseCell> column) {
        List<BaseCell> finer = new ArrayList<>();
        for (BaseCell cell : cells) {
            long left = cell.rows().getLongCardinality();
            for (int i = 0; i < column.size() && left > 0 && finer.size() <= EngineStore.MOST_ROWS; i++) {
                RoaringBitmap rows =
                        RoaringBitmap.and(cell.rows(), column.get(i).rows());
                if (!rows.isEmpty()) {
                    left -= rows.getLongCardinality();
                    List<@Nullable Object> values = new ArrayList<>(cell.values());
                    values.addAll(column.get(i).values());
                    finer.add(new BaseCell(Collections.unmodifiableList(values), rows));
                }
            }
        }
        return finer;
    }
}
