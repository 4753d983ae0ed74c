package org.datareturn.guard;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.declaration.ColumnType;
import org.datareturn.guard.plan.Band;
import org.datareturn.guard.plan.CellQuery;
import org.datareturn.guard.plan.Expr;
import org.datareturn.guard.plan.Leaf;
import org.datareturn.guard.plan.Question;
import org.datareturn.guard.plan.Values;
import org.jspecify.annotations.Nullable;

/**
 * Medians, percentiles, least and greatest values, read off a histogram of <em>released</em> counts. So they tell nothing
 * that the counts do not, and they never are a person's own value: within a bin the persons are taken as spread evenly
 * (linear interpolation, as for grouped data), and the least and the greatest are the outer edges of the outermost bins
 * that have enough persons to be released. Bins that have not are as if empty.
 */
final class Quantiles {
    private Quantiles() {}

    private record Bin(@Nullable Object value, BigDecimal count) {}

    /** The quantile of each group, by its key. */
    static Map<List<@Nullable Object>, @Nullable Object> of(
            Question question, List<List<List<@Nullable Object>>> cells, Leaf.Source.Quantile source, int keys) {
        Map<List<@Nullable Object>, List<Bin>> histograms = new TreeMap<>(Values.ROW_ORDER);
        for (List<@Nullable Object> row : cells.get(source.cell())) {
            BigDecimal count = Values.number(row.get(keys + 1));
            if (row.get(keys) != null && count != null && count.signum() > 0) {
                histograms
                        .computeIfAbsent(row.subList(0, keys), k -> new ArrayList<>())
                        .add(new Bin(row.get(keys), count));
            }
        }
        CellQuery cell = question.cells().get(source.cell());
        Optional<ColumnDeclaration> column = cell.keys().get(keys) instanceof Expr.Input(int index)
                ? Optional.of(cell.base().get(index).column())
                : Optional.empty();
        Map<List<@Nullable Object>, @Nullable Object> quantiles = new TreeMap<>(Values.ROW_ORDER);
        histograms.forEach((key, bins) -> {
            bins.sort((left, right) -> Values.ORDER.compare(left.value(), right.value()));
            quantiles.put(key, quantile(bins, source.fraction(), column));
        });
        return quantiles;
    }

    private static @Nullable Object quantile(List<Bin> bins, BigDecimal fraction, Optional<ColumnDeclaration> column) {
        BigDecimal all = bins.stream().map(Bin::count).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal rest = all.multiply(fraction);
        for (int i = 0; i < bins.size(); i++) {
            Bin bin = bins.get(i);
            if (rest.compareTo(bin.count()) <= 0 || i == bins.size() - 1) {
                return bin.value() instanceof Band band && column.isPresent()
                        ? within(band, rest.min(bin.count()).divide(bin.count(), MathContext.DECIMAL64), column.get())
                        : bin.value();
            }
            rest = rest.subtract(bin.count());
        }
        return null;
    }

    /** The point of a band at a fraction of its width. */
    private static @Nullable BigDecimal within(Band band, BigDecimal fraction, ColumnDeclaration column) {
        List<BigDecimal> bins = column.bins();
        Optional<BigDecimal> least = column.bounds().map(ColumnDeclaration.Bounds::least);
        Optional<BigDecimal> greatest = column.bounds().map(ColumnDeclaration.Bounds::greatest);
        BigDecimal from = band.index() == 0 ? least.orElse(bins.getFirst()) : bins.get(band.index() - 1);
        BigDecimal to = greatest.orElse(bins.getLast());
        if (band.index() < bins.size()) {
            // The last whole number of a band is one below the edge of the next.
            boolean whole = column.type().kind() != ColumnType.Kind.DECIMAL;
            to = whole ? bins.get(band.index()).subtract(BigDecimal.ONE) : bins.get(band.index());
        }
        return from.add(to.subtract(from).multiply(fraction), MathContext.DECIMAL64);
    }
}
