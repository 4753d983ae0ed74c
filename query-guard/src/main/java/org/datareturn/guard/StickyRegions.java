package org.datareturn.guard;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.datareturn.guard.engine.BaseCell;
import org.datareturn.guard.plan.Band;
import org.datareturn.guard.plan.BaseColumn;
import org.datareturn.guard.plan.CellQuery;
import org.datareturn.guard.plan.Expr;
import org.datareturn.guard.plan.Values;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Turns the base cells of one group that meet a condition into the set that is answered for, and into the cells of the
 * cube that its noise comes from.
 *
 * <p><b>Neutral conditions.</b> Column by column: where the cells that a condition leaves out along a column hold fewer
 * subjects than the (blurred) minimum, nobody included, the column is taken out of the question there. So a condition that
 * would tell one person apart and a condition that tells nobody apart give the same set and the same noise. <b>Small
 * regions</b> that are left are dropped. What remains is the same for every spelling that selects the same cells.
 *
 * <p><b>Cells of the cube.</b> A set of values of a column is written as these values, or as all minus the others when
 * those are fewer; so a column of which everything is selected vanishes from the noise too.
 */
final class StickyRegions {
    private static final String ALL = "*";
    private static final String OTHER = "~";

    private final CellQuery query;
    private final Population population;
    private final StickyNoise noise;
    private final int minGroupSize;
    private final Universe universe;
    private final List<Set<String>> domains = new ArrayList<>();
    private final List<Integer> order = new ArrayList<>();

    /** What is answered for: rows, and the cube's cells with their multiplicities. */
    record Selection(RoaringBitmap rows, Map<String, Integer> cells) {}

    private record Region(List<String> at, RoaringBitmap rows) {}

    /**
     * The regions of a query.
     *
     * @param cells all its base cells
     */
    StickyRegions(CellQuery query, List<BaseCell> cells, Population population, StickyNoise noise, int minGroupSize) {
        this.universe = new Universe(cells.stream().map(StickyRegions::region).toList());
        this.query = query;
        this.population = population;
        this.noise = noise;
        this.minGroupSize = minGroupSize;
        TreeMap<String, Integer> byName = new TreeMap<>();
        for (int i = 0; i < query.base().size(); i++) {
            BaseColumn base = query.base().get(i);
            byName.put(name(i) + "#" + i, i);
            Set<String> domain = new TreeSet<>();
            if (base.column().banded() && base.split() instanceof BaseColumn.Split.ByBand) {
                for (int b = 0; b <= base.column().bins().size(); b++) {
                    domain.add(label(new Band(b, "")));
                }
            } else {
                population.values(base.table(), base.column(), minGroupSize).forEach(value -> domain.add(label(value)));
            }
            if (!population.missing(base.table(), base.column()).isEmpty()) {
                domain.add(label(null));
            }
            domains.add(domain);
        }
        order.addAll(byName.values());
    }

    private String name(int column) {
        BaseColumn base = query.base().get(column);
        return base.table() + "." + base.column().name();
    }

    private static String label(@Nullable Object value) {
        BigDecimal number = Values.number(value);
        return switch (value) {
            case null -> "0";
            case BaseColumn.Unnamed other -> OTHER;
            case Band band -> "b" + band.index();
            case String text -> "s" + text;
            default ->
                number == null ? "v" + value : "n" + number.stripTrailingZeros().toPlainString();
        };
    }

    /**
     * The set selected of one group: its key is a condition like any other.
     *
     * @param cells the base cells that have the group's key and meet the condition
     * @return empty when no region is left that is large enough
     */
    Optional<Selection> select(List<BaseCell> cells) {
        // A column that is a key itself is the question: each of its values is asked for on purpose. Of the others, the
        // one
        // that parts fewest comes first, and the rest are looked at again without it: a condition on one person must be
        // gone
        // before it can move another across an edge, or before another.
        List<Integer> columns = new ArrayList<>(order);
        columns.removeIf(this::shown);
        List<Region> coarse = cells.stream().map(StickyRegions::region).toList();
        while (!columns.isEmpty()) {
            List<Region> before = coarse;
            Integer next = Collections.min(columns, Comparator.comparingInt(column -> parted(before, column)));
            columns.remove(/* element */ next);
            coarse = neutralised(before, next);
        }
        RoaringBitmap rows = new RoaringBitmap();
        Map<List<String>, Integer> kept = new HashMap<>();
        for (Region region : coarse) {
            if (!few("cell", region.rows())) {
                rows.or(region.rows());
                kept.put(region.at(), 1);
            }
        }
        return kept.isEmpty() ? Optional.empty() : Optional.of(new Selection(rows, cube(kept)));
    }

    private static Region region(BaseCell cell) {
        return new Region(cell.values().stream().map(StickyRegions::label).toList(), cell.rows());
    }

    /** Rows, by what is said of them: all there are, or those selected. */
    private static final class Universe {
        private final List<Region> all;
        private final Map<Set<Integer>, Map<List<String>, RoaringBitmap>> byOpen = new HashMap<>();

        Universe(List<Region> all) {
            this.all = all;
        }

        /** The rows that lie at a place, whose open columns can be anything. */
        RoaringBitmap at(List<String> place) {
            Set<Integer> open = new TreeSet<>();
            for (int i = 0; i < place.size(); i++) {
                if (place.get(i).equals(ALL)) {
                    open.add(i);
                }
            }
            Map<List<String>, RoaringBitmap> rows = byOpen.computeIfAbsent(open, this::opened);
            return rows.getOrDefault(place, new RoaringBitmap());
        }

        private Map<List<String>, RoaringBitmap> opened(Set<Integer> open) {
            Map<List<String>, RoaringBitmap> rows = new HashMap<>();
            for (Region region : all) {
                List<String> at = region.at();
                for (int column : open) {
                    at = with(at, column, ALL);
                }
                rows.computeIfAbsent(at, a -> new RoaringBitmap()).or(region.rows());
            }
            return rows;
        }
    }

    /**
     * How many subjects a column parts from others that differ in nothing else: along each line the fewer of those selected
     * and those left out, and no more than the minimum, where the number no longer matters. One person more or less on
     * either side moves it by one.
     */
    private int parted(List<Region> regions, int column) {
        Universe selected = new Universe(regions);
        int parted = 0;
        for (List<String> place : places(regions, column)) {
            RoaringBitmap in = selected.at(place);
            RoaringBitmap out = RoaringBitmap.andNot(universe.at(place), in);
            parted += Math.min(upToMinimum(in), upToMinimum(out));
        }
        return parted;
    }

    private int upToMinimum(RoaringBitmap rows) {
        return population.subjectCount(query.fact(), rows, minGroupSize);
    }

    private static Set<List<String>> places(List<Region> regions, int column) {
        Set<List<String>> places = new TreeSet<>(Comparator.comparing(Object::toString));
        regions.forEach(region -> places.add(with(region.at(), column, ALL)));
        return places;
    }

    /**
     * Takes a column out of the question wherever it leaves out fewer subjects than the minimum, or nobody, and fewer than it
     * selects: a few must not grow to enough by it, or they would be told from nobody.
     */
    private List<Region> neutralised(List<Region> regions, int column) {
        List<Region> after = new ArrayList<>(regions);
        for (List<String> place : places(regions, column)) {
            RoaringBitmap all = universe.at(place);
            RoaringBitmap out = all.clone();
            after.stream().filter(region -> within(region.at(), place)).forEach(region -> out.andNot(region.rows()));
            RoaringBitmap in = RoaringBitmap.andNot(all, out);
            if (few("out", out) && outnumbered(out, in)) {
                after.removeIf(region -> within(region.at(), place));
                after.add(new Region(place, all));
            }
        }
        return after;
    }

    /** Whether fewer subjects stand behind the first rows, who are few, than behind the others. */
    private boolean outnumbered(RoaringBitmap few, RoaringBitmap others) {
        return population.atLeast(population.subjectCount(query.fact(), few) + 1, query.fact(), others);
    }

    private static boolean within(List<String> at, List<String> place) {
        for (int i = 0; i < at.size(); i++) {
            if (!place.get(i).equals(ALL) && !place.get(i).equals(at.get(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean shown(int column) {
        return query.keys().contains(new Expr.Input(column));
    }

    private static List<String> with(List<String> at, int column, String label) {
        List<String> changed = new ArrayList<>(at);
        changed.set(column, label);
        return List.copyOf(changed);
    }

    /**
     * Whether fewer subjects than the minimum stand behind rows. The edge is blurred by who they are, and not by the place
     * they were found at: another way to name the same persons must not draw the blur anew.
     */
    boolean few(String what, RoaringBitmap rows) {
        int blur = minGroupSize / 3;
        if (!population.atLeast(minGroupSize, query.fact(), rows)) {
            return true;
        }
        if (population.atLeast(minGroupSize + blur, query.fact(), rows)) {
            return false;
        }
        int[] who = population.subjects(query.fact(), rows).toArray();
        return who.length < minGroupSize + noise.blur(1 + blur, what, Arrays.toString(who));
    }

    private Map<String, Integer> cube(Map<List<String>, Integer> regions) {
        Map<List<String>, Integer> written = regions;
        for (int column : order) {
            written = rewritten(written, column);
        }
        Map<String, Integer> cells = new TreeMap<>();
        written.forEach((at, times) -> cells.merge(cell(at), times, Integer::sum));
        cells.values().removeIf(times -> times == 0);
        return cells;
    }

    private Map<List<String>, Integer> rewritten(Map<List<String>, Integer> regions, int column) {
        Map<List<String>, Map<Integer, Set<String>>> labels = new HashMap<>();
        Map<List<String>, Integer> after = new HashMap<>();
        regions.forEach((at, times) -> {
            if (at.get(column).equals(ALL)) {
                after.merge(at, times, Integer::sum);
            } else {
                labels.computeIfAbsent(with(at, column, ALL), r -> new HashMap<>())
                        .computeIfAbsent(times, t -> new TreeSet<>())
                        .add(at.get(column));
            }
        });
        Set<String> domain = domains.get(column);
        labels.forEach((rest, byTimes) -> byTimes.forEach((times, chosen) -> {
            Set<String> left = new TreeSet<>(domain);
            left.removeAll(chosen);
            if (chosen.contains(OTHER)) {
                left.retainAll(named(column));
            }
            Set<String> selected = new TreeSet<>(domain);
            selected.removeAll(left);
            if (left.size() < selected.size()) {
                after.merge(rest, times, Integer::sum);
                left.forEach(label -> after.merge(with(rest, column, label), -times, Integer::sum));
            } else {
                // A value too rare to be in the list is named here all the same when it was asked for.
                selected.addAll(chosen);
                selected.remove(OTHER);
                selected.forEach(label -> after.merge(with(rest, column, label), times, Integer::sum));
            }
        }));
        return after;
    }

    private Set<String> named(int column) {
        Set<String> named = new TreeSet<>();
        if (query.base().get(column).split() instanceof BaseColumn.Split.ByMention(List<Object> values)) {
            values.forEach(value -> named.add(label(value)));
        }
        named.add(label(null));
        return named;
    }

    /** A cell's name: its tables, and every column it says something of. */
    private String cell(List<String> at) {
        TreeSet<String> parts = new TreeSet<>();
        for (int i = 0; i < at.size(); i++) {
            if (!at.get(i).equals(ALL)) {
                parts.add(name(i) + '=' + at.get(i));
            }
        }
        return query.fact() + new TreeSet<>(query.tables()) + parts;
    }
}
