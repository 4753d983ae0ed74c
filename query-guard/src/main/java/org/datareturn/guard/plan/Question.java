package org.datareturn.guard.plan;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A caller's question: what is asked of the data ({@link CellQuery}s), and what is computed from the answers. The
 * second part sees released rows only, so that nothing in it can hurt: joins, sub-queries, windows, orders and cuts are
 * run by a {@link org.datareturn.guard.engine.Scratch scratch engine} that holds nothing else.
 *
 * @param cells what is asked of the data, each once
 * @param leaves the tables of released values that the rest is computed from
 * @param sql the rest, as the scratch engine's SQL over tables {@link #leaf}; its columns are at least {@code columns}
 * @param columns the columns of the answer
 */
public record Question(List<CellQuery> cells, List<Leaf> leaves, String sql, List<Column> columns) {
    public Question {
        cells = List.copyOf(cells);
        leaves = List.copyOf(leaves);
        columns = List.copyOf(columns);
    }

    /**
     * A column of the answer.
     *
     * @param name its name
     * @param place which column of the SQL's result it is
     * @param origin where it was released, when it is a released value that was not computed with
     */
    public record Column(String name, int place, Optional<Origin> origin) {}

    /** A column of a leaf. */
    public record Origin(int leaf, int column) {}

    /** The cell queries whose groups are groups of the caller's, and not bins of a histogram. */
    public Set<Integer> valueCells() {
        return leaves.stream()
                .flatMap(leaf -> leaf.branches().stream())
                .flatMap(branch -> branch.sources().stream())
                .filter(Leaf.Source.Value.class::isInstance)
                .map(Leaf.Source::cell)
                .collect(Collectors.toSet());
    }

    /** The name of a leaf's table in {@link #sql}; no name a caller writes can be like it. */
    public static String leaf(int index) {
        return "~leaf" + index;
    }

    /** The question without the names its answer's columns are given. */
    public String canonical() {
        StringBuilder text = new StringBuilder();
        cells.forEach(cell -> text.append(cell.canonical()).append('\n'));
        leaves.forEach(leaf -> text.append(leaf).append('\n'));
        text.append(sql);
        columns.forEach(column -> text.append(',').append(column.place()));
        return text.toString();
    }
}
