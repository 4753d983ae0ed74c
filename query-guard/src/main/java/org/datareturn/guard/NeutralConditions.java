package org.datareturn.guard;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.datareturn.guard.plan.Band;
import org.datareturn.guard.plan.BaseColumn;
import org.datareturn.guard.plan.Values;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Takes conditions out of a question where they leave out too few (low-effect conditions: Francis et al., "Diffix Elm",
 * 2022). Column by column: where the cells that differ in this column only from selected ones, and are not selected, hold
 * fewer subjects than the minimum, nobody included, and fewer than the selected ones, the column is as if it had not been
 * mentioned there. So a condition that leaves out one person and a condition that leaves out nobody select the same, in the
 * first question already, and whatever other tables tell of the same persons; and a few do not grow to enough.
 *
 * <p>The column that parts fewest persons from others goes first, and the rest are looked at again without it: otherwise a
 * condition on one person would move another column across the edge of the minimum before it is gone itself. Stateless but
 * for the query it works on; one thread.
 */
final class NeutralConditions {
    /** Says of a column that it can be anything. */
    static final String ALL = "*";

    /** Stands for all values that a question does not name. */
    static final String OTHER = "~";

    /**
     * Rows that lie at one place.
     *
     * @param at what is said of each column: a label of its value, or {@link #ALL}
     */
    record Region(List<String> at, RoaringBitmap rows) {
        /** A cell of these values. */
        static Region of(List<@Nullable Object> values, RoaringBitmap rows) {
            return new Region(values.stream().map(NeutralConditions::label).toList(), rows);
        }
    }

    /** Counts distinct subjects. */
    @FunctionalInterface
    interface Counting {
        /** How many subjects stand behind rows, not counted further than {@code atMost}. */
        int subjects(RoaringBitmap rows, int atMost);
    }

    private final Places everywhere;
    private final Counting counting;
    private final int minGroupSize;
    private final Predicate<RoaringBitmap> few;

    /**
     * The conditions of one query.
     *
     * @param cells all cells there are, selected or not
     * @param few whether fewer distinct subjects than the minimum stand behind rows
     */
    NeutralConditions(List<Region> cells, Counting counting, int minGroupSize, Predicate<RoaringBitmap> few) {
        this.everywhere = new Places(cells);
        this.counting = counting;
        this.minGroupSize = minGroupSize;
        this.few = few;
    }

    /** What is said of a value; values that are the same number are the same. */
    static String label(@Nullable Object value) {
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

    /** The place with another label for a column. */
    static List<String> with(List<String> at, int column, String label) {
        List<String> changed = new ArrayList<>(at);
        changed.set(column, label);
        return List.copyOf(changed);
    }

    /**
     * What is selected once conditions are taken out.
     *
     * @param selected what the question selects
     * @param columns whose conditions may be taken out; of columns that part equally many, the first one goes first
     */
    List<Region> without(List<Region> selected, Collection<Integer> columns) {
        List<Integer> left = new ArrayList<>(columns);
        List<Region> coarse = selected;
        while (!left.isEmpty()) {
            List<Region> before = coarse;
            Integer next = left.size() == 1
                    ? left.getFirst()
                    : Collections.min(left, Comparator.comparingInt(column -> parted(before, column)));
            left.remove(/* element */ next);
            coarse = without(before, next);
        }
        return coarse;
    }

    /**
     * How many subjects a column parts from others that differ in nothing else: along each line the fewer of those selected
     * and those left out, and no more than the minimum, where the number no longer matters. One person more or less on
     * either side moves it by one.
     */
    private int parted(List<Region> regions, int column) {
        Places selected = new Places(regions);
        int parted = 0;
        for (List<String> place : lines(regions, column)) {
            RoaringBitmap in = selected.rows(place);
            RoaringBitmap out = RoaringBitmap.andNot(everywhere.rows(place), in);
            parted += Math.min(counting.subjects(in, minGroupSize), counting.subjects(out, minGroupSize));
        }
        return parted;
    }

    private static Set<List<String>> lines(List<Region> regions, int column) {
        Set<List<String>> places = new HashSet<>();
        regions.forEach(region -> places.add(with(region.at(), column, ALL)));
        return places;
    }

    private List<Region> without(List<Region> regions, int column) {
        Places selected = new Places(regions);
        List<Region> open = new ArrayList<>();
        for (List<String> place : lines(regions, column)) {
            RoaringBitmap all = everywhere.rows(place);
            RoaringBitmap in = selected.rows(place);
            RoaringBitmap out = RoaringBitmap.andNot(all, in);
            if (few.test(out) && outnumbered(out, in)) {
                open.add(new Region(place, all));
            }
        }
        Places opened = new Places(open);
        List<Region> after = new ArrayList<>();
        for (Region region : regions) {
            if (!opened.contains(region.at())) {
                after.add(region);
            }
        }
        for (Region region : open) {
            if (!opened.containsOther(region.at())) {
                after.add(region);
            }
        }
        return after;
    }

    /** Whether fewer subjects stand behind the first rows, who are few, than behind the others. */
    private boolean outnumbered(RoaringBitmap fewer, RoaringBitmap others) {
        int most = counting.subjects(fewer, Integer.MAX_VALUE) + 1;
        return counting.subjects(others, most) == most;
    }

    /** Regions, looked at from coarser places. */
    private static final class Places {
        private final List<Region> regions;
        private final Set<Set<Integer>> shapes = new HashSet<>();
        private final Set<List<String>> places = new HashSet<>();
        private final Map<Set<Integer>, Map<List<String>, RoaringBitmap>> byOpen = new HashMap<>();

        Places(List<Region> regions) {
            this.regions = regions;
            for (Region region : regions) {
                shapes.add(open(region.at()));
                places.add(region.at());
            }
        }

        private static Set<Integer> open(List<String> place) {
            Set<Integer> open = new TreeSet<>();
            for (int i = 0; i < place.size(); i++) {
                if (place.get(i).equals(ALL)) {
                    open.add(i);
                }
            }
            return open;
        }

        private static List<String> opened(List<String> at, Set<Integer> open) {
            List<String> opened = new ArrayList<>(at);
            open.forEach(column -> opened.set(column, ALL));
            return List.copyOf(opened);
        }

        /** The rows that lie within a place, whose open columns can be anything. */
        RoaringBitmap rows(List<String> place) {
            return byOpen.computeIfAbsent(open(place), this::opened).getOrDefault(place, new RoaringBitmap());
        }

        private Map<List<String>, RoaringBitmap> opened(Set<Integer> open) {
            Map<List<String>, RoaringBitmap> rows = new HashMap<>();
            for (Region region : regions) {
                rows.computeIfAbsent(opened(region.at(), open), at -> new RoaringBitmap())
                        .or(region.rows());
            }
            return rows;
        }

        /** Whether a place lies within one of these. */
        boolean contains(List<String> at) {
            return places.contains(at) || containsOther(at);
        }

        /** Whether a place lies within another of these. */
        boolean containsOther(List<String> at) {
            for (Set<Integer> open : shapes) {
                List<String> coarser = opened(at, open);
                if (!coarser.equals(at) && places.contains(coarser)) {
                    return true;
                }
            }
            return false;
        }
    }
}
