package org.datareturn.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Statistics;

/** Runs {@link GuardBench} and gives medians and 99th percentiles, each beside Calcite's own. */
final class GuardRun implements Benchmarks.Bench {
    private static final int WARM_UP = 3;
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);
    private static final int SECONDS = Integer.getInteger("bench.seconds", 5);
    private static final double MICROS_PER_MILLI = 1_000;
    private static final int MEDIAN = 50;
    private static final int TAIL = 99;

    @Override
    public List<Benchmarks.Figure> run() throws Exception {
        Path log = Files.createTempFile("data-return-bench-", ".log");
        Map<String, Statistics> found = new HashMap<>();
        try {
            for (RunResult result : new Runner(new OptionsBuilder()
                            .include(GuardBench.class.getName())
                            .threads(1)
                            .forks(1)
                            .warmupIterations(WARM_UP)
                            .warmupTime(TimeValue.seconds(SECONDS))
                            .measurementIterations(ROUNDS)
                            .measurementTime(TimeValue.seconds(SECONDS))
                            .shouldFailOnError(true)
                            .output(log.toString())
                            .build())
                    .run()) {
                found.put(
                        result.getPrimaryResult().getLabel(),
                        result.getPrimaryResult().getStatistics());
            }
        } catch (RunnerException failed) {
            Files.readAllLines(log, StandardCharsets.UTF_8).forEach(System.err::println);
            throw failed;
        } finally {
            Files.deleteIfExists(log);
        }
        List<Benchmarks.Figure> figures = new ArrayList<>();
        Statistics calcite = found.get("calcite");
        for (String bench : List.of("decide", "repeated")) {
            Statistics own = found.get(bench);
            figures.add(figure("guard." + bench + ".p50", own, calcite, MEDIAN));
            figures.add(figure("guard." + bench + ".p99", own, calcite, TAIL));
        }
        return figures;
    }

    private static Benchmarks.Figure figure(String name, Statistics own, Statistics calcite, int percentile) {
        return new Benchmarks.Figure(
                name,
                own.getPercentile(percentile) / MICROS_PER_MILLI,
                "ms",
                calcite.getPercentile(percentile) / MICROS_PER_MILLI);
    }
}
