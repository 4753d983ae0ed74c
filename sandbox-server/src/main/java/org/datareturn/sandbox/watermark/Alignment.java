package org.datareturn.sandbox.watermark;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lays a suspect table over an unmarked release: which column is which, which row is which, and how far every cell lies
 * from its unmarked value. It looks at the suspect and the unmarked release only, never at anybody's marks; so for
 * whoever had no part in the suspect, the displacements stay independent of their marks, and the tracer's bound holds
 * however well or badly this guesses.
 */
final class Alignment {
    /** Share of a suspect column's texts that must be keys of a column for it to count as that column. */
    private static final double KEY_SHARE = 0.5;
    /** Typical distance, in tolerances, up to which a renamed column may still be that column. */
    private static final double VALUE_DISTANCE = 8;
    /** Cells further away, in tolerances, were altered; they say nothing. */
    private static final double ALTERED = 8;
    /** Most pairs of rows compared where keys do not settle which row is which. */
    private static final long MAX_PAIRS = 4_000_000;

    private final SuspectTable suspect;
    private final NeutralTable unmarked;
    private final List<Integer> keyPlaces;

    private Alignment(SuspectTable suspect, NeutralTable unmarked) {
        this.suspect = suspect;
        this.unmarked = unmarked;
        this.keyPlaces = unmarked.places(NeutralTable.Role.KEY);
    }

    /** A cell of the release, as {@link Marks} names it. */
    record Cell(List<String> rowKey, String column) {}

    /** How far each compared cell lies from its unmarked value, in tolerances, cut to [−1, 1]; 0 for altered ones. */
    static Map<Cell, Double> displacements(SuspectTable suspect, NeutralTable unmarked) {
        return new Alignment(suspect, unmarked).displacements();
    }

    private Map<Cell, Double> displacements() {
        Map<Integer, Integer> keys = matchKeys();
        Map<List<String>, List<Integer>> byKey = rowsByKey(List.copyOf(keys.keySet()));
        Map<Integer, Integer> values = matchValues(keys, byKey);
        Map<Cell, double[]> sums = new LinkedHashMap<>();
        long pairs = 0;
        for (List<String> row : suspect.rows()) {
            List<Integer> possible = byKey.getOrDefault(keyOf(row, keys), List.of());
            pairs += possible.size();
            if (pairs > MAX_PAIRS) {
                break;
            }
            nearest(row, possible, values).ifPresent(place -> collect(row, place, values, sums));
        }
        Map<Cell, Double> displacements = new LinkedHashMap<>();
        // A cell that was copied many times is still one coin: its copies are averaged.
        sums.forEach((cell, sum) -> displacements.put(cell, sum[0] / sum[1]));
        return displacements;
    }

    private void collect(List<String> row, int place, Map<Integer, Integer> values, Map<Cell, double[]> sums) {
        List<@Nullable Object> original = unmarked.rows().get(place);
        List<String> rowKey = Marks.rowKey(original, keyPlaces);
        values.forEach((column, at) -> distance(row, at, original, column).ifPresent(distance -> {
            double[] sum = sums.computeIfAbsent(
                    new Cell(rowKey, unmarked.columns().get(column).name()), cell -> new double[2]);
            sum[0] += Math.abs(distance) > ALTERED ? 0 : Math.clamp(distance, -1, 1);
            sum[1]++;
        }));
    }

    // Key column of the release → column of the suspect.
    private Map<Integer, Integer> matchKeys() {
        List<Match> matches = new ArrayList<>();
        for (int column : keyPlaces) {
            Set<String> texts = new HashSet<>();
            unmarked.rows().forEach(row -> texts.add(CellText.of(row.get(column))));
            for (int at = 0; at < suspect.width(); at++) {
                int place = at;
                double share = (double) suspect.rows().stream()
                                .filter(row -> texts.contains(CellText.of(SuspectTable.field(row, place))))
                                .count()
                        / suspect.rows().size();
                if (share >= KEY_SHARE) {
                    matches.add(new Match(column, at, -share - (sameName(column, at) ? 1 : 0)));
                }
            }
        }
        return best(matches);
    }

    // Value column of the release → column of the suspect, judged on the rows that keys alone settle.
    private Map<Integer, Integer> matchValues(Map<Integer, Integer> keys, Map<List<String>, List<Integer>> byKey) {
        List<Match> matches = new ArrayList<>();
        for (int column : unmarked.places(NeutralTable.Role.VALUE)) {
            for (int at = 0; at < suspect.width(); at++) {
                if (keys.containsValue(at)) {
                    continue;
                }
                List<Double> distances = new ArrayList<>();
                for (List<String> row : suspect.rows()) {
                    List<Integer> possible = byKey.getOrDefault(keyOf(row, keys), List.of());
                    if (possible.size() == 1) {
                        distance(row, at, unmarked.rows().get(possible.getFirst()), column)
                                .ifPresent(distance -> distances.add(Math.abs(distance)));
                    }
                }
                double typical = distances.isEmpty() ? VALUE_DISTANCE : median(distances);
                if (sameName(column, at) || (!distances.isEmpty() && typical <= VALUE_DISTANCE)) {
                    matches.add(new Match(column, at, sameName(column, at) ? typical / 4 : typical));
                }
            }
        }
        return best(matches);
    }

    private record Match(int column, int at, double cost) {}

    private static Map<Integer, Integer> best(List<Match> matches) {
        matches.sort(Comparator.comparingDouble(Match::cost)
                .thenComparingInt(Match::column)
                .thenComparingInt(Match::at));
        Map<Integer, Integer> chosen = new HashMap<>();
        for (Match match : matches) {
            if (!chosen.containsKey(match.column()) && !chosen.containsValue(match.at())) {
                chosen.put(match.column(), match.at());
            }
        }
        return chosen;
    }

    private boolean sameName(int column, int at) {
        return unmarked.columns()
                .get(column)
                .name()
                .equalsIgnoreCase(suspect.header().get(at).strip());
    }

    private Map<List<String>, List<Integer>> rowsByKey(List<Integer> columns) {
        Map<List<String>, List<Integer>> rows = new HashMap<>();
        for (int i = 0; i < unmarked.rows().size(); i++) {
            rows.computeIfAbsent(Marks.rowKey(unmarked.rows().get(i), columns), key -> new ArrayList<>())
                    .add(i);
        }
        return rows;
    }

    private static List<String> keyOf(List<String> row, Map<Integer, Integer> keys) {
        List<String> key = new ArrayList<>(keys.size());
        keys.values().forEach(at -> key.add(CellText.of(SuspectTable.field(row, at))));
        return key;
    }

    // The possible row whose values lie nearest; none when two lie equally near.
    private Optional<Integer> nearest(List<String> row, List<Integer> possible, Map<Integer, Integer> values) {
        if (possible.size() <= 1) {
            return possible.stream().findFirst();
        }
        double[] distances = possible.stream()
                .mapToDouble(place -> values.entrySet().stream()
                        .mapToDouble(match -> distance(
                                        row, match.getValue(), unmarked.rows().get(place), match.getKey())
                                .map(distance -> Math.min(Math.abs(distance), 4 * ALTERED))
                                .orElse(4 * ALTERED))
                        .sum())
                .toArray();
        double least = Arrays.stream(distances).min().orElseThrow();
        List<Integer> nearest = new ArrayList<>();
        for (int i = 0; i < distances.length; i++) {
            if (distances[i] == least) {
                nearest.add(possible.get(i));
            }
        }
        return nearest.size() == 1 && least < ALTERED * Math.max(1, values.size())
                ? Optional.of(nearest.getFirst())
                : Optional.empty();
    }

    // In tolerances; nothing when the cell was not marked or is no number any more.
    private Optional<Double> distance(List<String> row, int at, List<@Nullable Object> original, int column) {
        @Nullable Object value = original.get(column);
        Optional<BigDecimal> amplitude =
                Marks.amplitude(value, unmarked.columns().get(column).tolerance());
        Optional<BigDecimal> now = CellText.number(SuspectTable.field(row, at));
        if (amplitude.isEmpty() || now.isEmpty()) {
            return Optional.empty();
        }
        return CellText.number(value)
                .map(before -> now.get().subtract(before).doubleValue()
                        / amplitude.get().doubleValue());
    }

    private static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
