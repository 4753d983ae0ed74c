package org.datareturn.bench;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** {@code ./sandbox bench [NAME]}: runs one benchmark, or all. Progress goes to standard error, JSON lines to output. */
public final class Benchmarks {
    private static final Map<String, Bench> ALL = new TreeMap<>(Map.of(
            "batch", new BatchRun(),
            "guard", new GuardRun(),
            "private", new PrivateRun(),
            "registry", new RegistryRun(),
            "verify", new VerifyRun(),
            "zone", new ZoneRun()));

    private Benchmarks() {}

    /** One benchmark beside its baseline. */
    @FunctionalInterface
    interface Bench {
        /** Runs it and gives its figures. */
        List<Figure> run() throws Exception;
    }

    /**
     * A figure beside its baseline, measured in the same run.
     *
     * @param bench its name
     * @param value the figure
     * @param unit its unit
     * @param baseline the baseline's figure in the same unit
     */
    record Figure(String bench, double value, String unit, double baseline) {
        String json() {
            return String.format(
                    Locale.ROOT,
                    "{\"bench\":\"%s\",\"value\":%s,\"unit\":\"%s\",\"baseline\":%s,\"ratio\":%.3f}",
                    bench,
                    number(value),
                    unit,
                    number(baseline),
                    value / baseline);
        }

        /** Four significant digits, so that a tenth of a millisecond is as readable as a rate. */
        private static String number(double number) {
            return new BigDecimal(number).round(new MathContext(4)).toPlainString();
        }
    }

    /** Runs the named benchmark, or every one. */
    public static void main(String[] args) throws Exception {
        if (args.length > 0 && List.of("--help", "-h").contains(args[0])) {
            System.out.println("""
                    Usage: ./sandbox bench [NAME …]      without a name, all of them: %s
                    Each is measured beside its baseline in one run; one JSON line a figure. See docs/performance.md.
                    用法：./sandbox bench [名称 …]，不写名称则全部运行；各项与基线同次测量，每个结果一行 JSON。
                    """.replace("%s", String.join(", ", ALL.keySet())));
            return;
        }
        List<String> names = args.length == 0 ? List.copyOf(ALL.keySet()) : List.of(args);
        for (String name : names) {
            Bench bench = ALL.get(name);
            if (bench == null) {
                System.err.println("BENCH_UNKNOWN: there is no benchmark " + name + "; there is " + ALL.keySet()
                        + " / 没有名为 " + name + " 的基准测试");
                System.exit(2);
            }
            for (Figure figure : bench.run()) {
                System.out.println(figure.json());
            }
        }
    }
}
