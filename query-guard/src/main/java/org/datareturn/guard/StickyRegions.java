package org.datareturn.guard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.datareturn.guard.NeutralConditions.Region;
import org.datareturn.guard.engine.BaseCell;
import org.datareturn.guard.plan.Band;
import org.datareturn.guard.plan.BaseColumn;
import org.datareturn.guard.plan.CellQuery;
import org.datareturn.guard.plan.Expr;
import org.roaringbitmap.RoaringBitmap;

/**
 * Turns the base cells of one group that meet a condition into the set that is answered for, and into the cells of the
 * cube that its noise comes from.
 *
 * <p>Conditions that leave out few or nobody are taken out ({@link NeutralConditions}, with a blurred minimum); small regions
 * that are left are dropped. What remains is the same for every spelling that selects the same cells.
 *
 * <p><b>Cells of the cube.</b> A set of values of a column is written as these values, or as all minus the others when
 * those are fewer; so a column of which everything is selected vanishes from the noise too.
 */
final class StickyRegions {
    private final CellQuery query;
    private final Population population;
    private final StickyNoise noise;
    private final int minGroupSize;
    private final NeutralConditions neutral;
    private final List<Set<String>> domains = new ArrayList<>();
    private final List<Integer> order = new ArrayList<>();

    /** What is answered for: rows, and the cube's cells with their multiplicities. */
    record Selection(RoaringBitmap rows, Map<String, Integer> cells) {}

    /**
     * The regions of a query.
     *
     * @param cells all its base cells
     */
    StickyRegions(CellQuery query, List<BaseCell> cells, Population population, StickyNoise noise, int minGroupSize) {
        this.query = query;
        this.population = population;
        this.noise = noise;
        this.minGroupSize = minGroupSize;
        this.neutral = new NeutralConditions(
                regions(cells),
                (rows, atMost) -> population.subjectCount(query.fact(), rows, atMost),
                minGroupSize,
                rows -> few("out", rows));
        TreeMap<String, Integer> byName = new TreeMap<>();
        for (int i = 0; i < query.base().size(); i++) {
            BaseColumn base = query.base().get(i);
            byName.put(name(i) + "#" + i, i);
            Set<String> domain = new TreeSet<>();
            if (base.column().banded() && base.split() instanceof BaseColumn.Split.ByBand) {
                for (int b = 0; b <= base.column().bins().size(); b++) {
                    domain.add(NeutralConditions.label(new Band(b, "")));
                }
            } else {
                population
                        .values(base.table(), base.column(), minGroupSize)
                        .forEach(value -> domain.add(NeutralConditions.label(value)));
            }
            if (!population.missing(base.table(), base.column()).isEmpty()) {
                domain.add(NeutralConditions.label(null));
            }
            domains.add(domain);
        }
        order.addAll(byName.values());
    }

    private String name(int column) {
        BaseColumn base = query.base().get(column);
        return base.table() + "." + base.column().name();
    }

    /**
     * The set selected of one group: its key is a condition like any other.
     *
     * @param cells the base cells that have the group's key and meet the condition
     * @return empty when no region is left that is large enough
     */
    Optional<Selection> select(List<BaseCell> cells) {
        // A column that is a key itself is the question: each of its values is asked for on purpose.
        List<Integer> columns = order.stream().filter(column -> !shown(column)).toList();
        List<Region> coarse = neutral.without(regions(cells), columns);
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

    private static List<Region> regions(List<BaseCell> cells) {
        return cells.stream().map(cell -> Region.of(cell.values(), cell.rows())).toList();
    }

    private boolean shown(int column) {
        return query.keys().contains(new Expr.Input(column));
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
            if (at.get(column).equals(NeutralConditions.ALL)) {
                after.merge(at, times, Integer::sum);
            } else {
                labels.computeIfAbsent(NeutralConditions.with(at, column, NeutralConditions.ALL), r -> new HashMap<>())
                        .computeIfAbsent(times, t -> new TreeSet<>())
                        .add(at.get(column));
            }
        });
        Set<String> domain = domains.get(column);
        labels.forEach((rest, byTimes) -> byTimes.forEach((times, chosen) -> {
            Set<String> left = new TreeSet<>(domain);
            left.removeAll(chosen);
            if (chosen.contains(NeutralConditions.OTHER)) {
                left.retainAll(named(column));
            }
            Set<String> selected = new TreeSet<>(domain);
            selected.removeAll(left);
            if (left.size() < selected.size()) {
                after.merge(rest, times, Integer::sum);
                left.forEach(label -> after.merge(NeutralConditions.with(rest, column, label), -times, Integer::sum));
            } else {
                // A value too rare to be in the list is named here all the same when it was asked for.
                selected.addAll(chosen);
                selected.remove(NeutralConditions.OTHER);
                selected.forEach(
                        label -> after.merge(NeutralConditions.with(rest, column, label), times, Integer::sum));
            }
        }));
        return after;
    }

    private Set<String> named(int column) {
        Set<String> named = new TreeSet<>();
        if (query.base().get(column).split() instanceof BaseColumn.Split.ByMention(List<Object> values)) {
            values.forEach(value -> named.add(NeutralConditions.label(value)));
        }
        named.add(NeutralConditions.label(null));
        return named;
    }

    /** A cell's name: its tables, and every column it says something of. */
    private String cell(List<String> at) {
        TreeSet<String> parts = new TreeSet<>();
        for (int i = 0; i < at.size(); i++) {
            if (!at.get(i).equals(NeutralConditions.ALL)) {
                parts.add(name(i) + '=' + at.get(i));
            }
        }
        return query.fact() + new TreeSet<>(query.tables()) + parts;
    }
}
