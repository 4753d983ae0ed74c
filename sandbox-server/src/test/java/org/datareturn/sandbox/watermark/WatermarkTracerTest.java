package org.datareturn.sandbox.watermark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.datareturn.sandbox.keys.KeyRing;
import org.datareturn.sandbox.keys.KeyRingException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Statistics with seeds: the attacks of the threat model, each in many trials. The key is fresh every run, so what is
 * stated must hold for any key: a trial may fail with a probability that is below 1e-9 for the numbers used here.
 */
class WatermarkTracerTest {
    private static final int TRIALS = 200;
    private static final int RECIPIENTS = 10;

    @TempDir
    static Path scratch;

    private TableWatermark watermark;
    private WatermarkTracer tracer;

    /** What an attacker does to the lines of a table; the first line is its header. */
    private interface Attack {
        List<List<String>> on(List<List<String>> lines, SplittableRandom random);
    }

    @BeforeEach
    void ring() throws KeyRingException {
        KeyRing ring = KeyRing.open(scratch.resolve("keys"), scratch.resolve("data"));
        watermark = new TableWatermark(ring.watermark());
        tracer = new WatermarkTracer(ring.watermark(), WatermarkTracer.DEFAULT_LIMIT);
    }

    @Test
    void tracesAnUntouchedTable() {
        tracesAlways((lines, random) -> lines);
    }

    @Test
    void tracesHalfTheRowsInAnotherOrder() {
        tracesAlways((lines, random) -> halved(lines, random));
    }

    @Test
    void tracesWithAFifthOfTheValuesAltered() {
        tracesAlways((lines, random) -> altered(lines, random));
    }

    @Test
    void tracesValuesRoundedToTen() {
        tracesAlways((lines, random) -> rounded(lines));
    }

    @Test
    void tracesRenamedAndDroppedColumns() {
        tracesAlways((lines, random) -> {
            List<List<String>> renamed = new ArrayList<>(lines);
            renamed.set(0, List.of("a", "b"));
            renamed.replaceAll(line -> List.of(line.get(1), line.get(0)));
            return renamed;
        });
    }

    @Test
    void tracesHalfTheRowsAFifthAlteredAndAllRoundedToTen() {
        tracesAlways((lines, random) -> rounded(altered(halved(lines, random), random)));
    }

    @Test
    void tracesATableWhoseRowsWereRepeatedToConfuse() {
        tracesAlways((lines, random) -> {
            List<List<String>> repeated = new ArrayList<>(lines);
            for (int i = 0; i < 5; i++) {
                repeated.addAll(lines.subList(1, 40));
            }
            return repeated;
        });
    }

    @Test
    void tracesBothOfTwoWhoAveragedTheirCopies() {
        SplittableRandom random = new SplittableRandom(21);
        for (int trial = 0; trial < TRIALS; trial++) {
            NeutralTable table = WatermarkTest.counts(300, random);
            String release = "collusion-" + trial;
            List<List<String>> one =
                    lines(watermark.mark(table, "agency-1", release).table());
            List<List<String>> two =
                    lines(watermark.mark(table, "agency-2", release).table());
            List<List<String>> mixed = new ArrayList<>();
            mixed.add(one.getFirst());
            for (int i = 1; i < one.size(); i++) {
                long mean = (Long.parseLong(one.get(i).get(1))
                                + Long.parseLong(two.get(i).get(1)))
                        / 2;
                mixed.add(List.of(one.get(i).get(0), Long.toString(mean)));
            }
            assertThat(tracer.trace(csv(mixed), candidates(table, release)))
                    .isInstanceOfSatisfying(Tracing.Traced.class, traced -> {
                        List<String> named = new ArrayList<>(List.of(traced.recipient()));
                        traced.others().forEach(other -> named.add(other.recipient()));
                        assertThat(named).containsExactlyInAnyOrder("agency-1", "agency-2");
                    });
        }
    }

    @Test
    void namesNobodyWhenTheSourceIsNoCandidate() {
        SplittableRandom random = new SplittableRandom(22);
        for (int trial = 0; trial < 2000; trial++) {
            NeutralTable table = WatermarkTest.counts(300, random);
            String release = "innocent-" + trial;
            List<List<String>> leaked =
                    lines(watermark.mark(table, "outsider", release).table());
            if (trial % 2 == 0) {
                leaked = rounded(altered(leaked, random));
            }
            assertThat(tracer.trace(csv(leaked), candidates(table, release)))
                    .isInstanceOfSatisfying(
                            Tracing.NotTraced.class,
                            not -> assertThat(not.why()).isEqualTo(Tracing.Why.NO_EVIDENCE));
        }
    }

    @Test
    void accusesWronglyNoMoreOftenThanItsBoundSays() throws KeyRingException {
        // At a limit this loose the bound itself can be measured: 3000 trials, at most 5 % wrong ones expected.
        KeyRing ring = KeyRing.open(scratch.resolve("keys"), scratch.resolve("data"));
        WatermarkTracer loose = new WatermarkTracer(ring.watermark(), 0.05);
        SplittableRandom random = new SplittableRandom(23);
        int accused = 0;
        int trials = 3000;
        for (int trial = 0; trial < trials; trial++) {
            NeutralTable table = WatermarkTest.counts(40, random);
            String release = "loose-" + trial;
            String leaked = csv(lines(watermark.mark(table, "outsider", release).table()));
            if (loose.trace(leaked, candidates(table, release)) instanceof Tracing.Traced) {
                accused++;
            }
        }
        // Three standard deviations above the bound.
        assertThat(accused).isLessThan((int) (trials * 0.05 + 3 * Math.sqrt(trials * 0.05 * 0.95)));
    }

    @Test
    void saysPlainlyThatTwentyCellsCannotBeTraced() {
        SplittableRandom random = new SplittableRandom(24);
        for (int trial = 0; trial < TRIALS; trial++) {
            NeutralTable table = WatermarkTest.counts(20, random);
            String release = "small-" + trial;
            String leaked = csv(lines(watermark.mark(table, "agency-3", release).table()));
            assertThat(tracer.trace(leaked, candidates(table, release)))
                    .isEqualTo(new Tracing.NotTraced(Tracing.Why.TOO_FEW_CELLS, 20, tracer.leastCells(RECIPIENTS)));
            assertThat(tracer.trace(leaked, List.of(new ReleaseCandidate(release, "agency-3", table))))
                    .isInstanceOf(Tracing.NotTraced.class);
        }
        assertThat(tracer.leastCells(1)).isEqualTo(28);
    }

    @Test
    void findsTheRightReleaseAmongMany() {
        SplittableRandom random = new SplittableRandom(25);
        List<ReleaseCandidate> all = new ArrayList<>();
        List<NeutralTable> tables = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            tables.add(WatermarkTest.counts(300, random));
            all.addAll(candidates(tables.get(i), "edition-" + i));
        }
        String leaked =
                csv(lines(watermark.mark(tables.get(5), "agency-4", "edition-5").table()));
        assertThat(tracer.trace(leaked, all)).isInstanceOfSatisfying(Tracing.Traced.class, traced -> {
            assertThat(traced.recipient()).isEqualTo("agency-4");
            assertThat(traced.release()).isEqualTo("edition-5");
            assertThat(traced.falseAccusationBound()).isLessThan(1e-6);
        });
    }

    @Test
    void answersNonsenseWithNotTraced() {
        NeutralTable table = WatermarkTest.counts(300, new SplittableRandom(1));
        List<ReleaseCandidate> candidates = candidates(table, "r");
        assertThat(why("", candidates)).isEqualTo(Tracing.Why.UNREADABLE);
        assertThat(why("a,b\n", candidates)).isEqualTo(Tracing.Why.UNREADABLE);
        assertThat(why("a,b\n1,2\n\"x", candidates)).isEqualTo(Tracing.Why.NO_COMMON_CELLS);
        assertThat(why("\u0000\u0001,\n;;;\n", candidates)).isEqualTo(Tracing.Why.NO_COMMON_CELLS);
        assertThat(why("a,b\n1,2\n", List.of())).isEqualTo(Tracing.Why.NO_CANDIDATES);
        assertThat(why(csv(lines(table)), candidates)).isEqualTo(Tracing.Why.NO_EVIDENCE);
    }

    private Tracing.Why why(String csv, List<ReleaseCandidate> candidates) {
        return ((Tracing.NotTraced) tracer.trace(csv, candidates)).why();
    }

    private void tracesAlways(Attack attack) {
        SplittableRandom random = new SplittableRandom(20);
        for (int trial = 0; trial < TRIALS; trial++) {
            NeutralTable table = WatermarkTest.counts(300, random);
            String release = "release-" + trial;
            String recipient = "agency-" + random.nextInt(RECIPIENTS);
            Marked marked = watermark.mark(table, recipient, release);
            assertThat(marked.markedCells()).isEqualTo(300);
            String leaked = csv(attack.on(lines(marked.table()), random));
            assertThat(tracer.trace(leaked, candidates(table, release)))
                    .as("trial " + trial)
                    .isInstanceOfSatisfying(Tracing.Traced.class, traced -> {
                        assertThat(traced.recipient()).isEqualTo(recipient);
                        assertThat(traced.release()).isEqualTo(release);
                        assertThat(traced.others()).isEmpty();
                        assertThat(traced.falseAccusationBound()).isLessThanOrEqualTo(WatermarkTracer.DEFAULT_LIMIT);
                    });
        }
    }

    private static List<ReleaseCandidate> candidates(NeutralTable table, String release) {
        List<ReleaseCandidate> candidates = new ArrayList<>();
        for (int i = 0; i < RECIPIENTS; i++) {
            candidates.add(new ReleaseCandidate(release, "agency-" + i, table));
        }
        return candidates;
    }

    private static List<List<String>> halved(List<List<String>> lines, SplittableRandom random) {
        List<List<String>> rows = new ArrayList<>(lines.subList(1, lines.size()));
        Collections.shuffle(rows, random);
        List<List<String>> half = new ArrayList<>(List.of(lines.getFirst()));
        half.addAll(rows.subList(0, rows.size() / 2));
        return half;
    }

    private static List<List<String>> altered(List<List<String>> lines, SplittableRandom random) {
        return eachValue(
                lines,
                value -> random.nextInt(5) == 0
                        ? Math.round(value * random.nextDouble(0.8, 1.2)) + random.nextLong(-9, 10)
                        : value);
    }

    private static List<List<String>> rounded(List<List<String>> lines) {
        return eachValue(lines, value -> Math.round(value / 10.0) * 10);
    }

    private static List<List<String>> eachValue(List<List<String>> lines, Function<Long, Long> change) {
        List<List<String>> changed = new ArrayList<>(List.of(lines.getFirst()));
        for (List<String> line : lines.subList(1, lines.size())) {
            changed.add(List.of(
                    line.get(0), change.apply(Long.parseLong(line.get(1))).toString()));
        }
        return changed;
    }

    private static List<List<String>> lines(NeutralTable table) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(table.columns().stream().map(NeutralTable.Column::name).toList());
        for (List<@Nullable Object> row : table.rows()) {
            lines.add(row.stream().map(String::valueOf).toList());
        }
        return lines;
    }

    private static String csv(List<List<String>> lines) {
        StringBuilder csv = new StringBuilder();
        lines.forEach(line -> csv.append(String.join(",", line)).append("\r\n"));
        return csv.toString();
    }
}
