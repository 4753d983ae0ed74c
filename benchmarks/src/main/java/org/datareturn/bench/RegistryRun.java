package org.datareturn.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.datareturn.verifier.normalise.IdNumber;
import org.datareturn.verifier.normalise.Parsed;
import org.datareturn.verifier.product.Products;
import org.datareturn.verifier.registry.CsvSource;
import org.datareturn.verifier.registry.EditionOrigin;
import org.datareturn.verifier.registry.Lease;
import org.datareturn.verifier.registry.LoadOutcome;
import org.datareturn.verifier.registry.LoadPlan;
import org.datareturn.verifier.registry.LoadProgress;
import org.datareturn.verifier.registry.Reading;
import org.datareturn.verifier.registry.RegistryLoader;
import org.datareturn.verifier.registry.RegistrySchema;
import org.datareturn.verifier.registry.RegistryStore;
import org.datareturn.verifier.registry.RowPolicy;
import org.datareturn.verifier.registry.rocks.RocksRegistryStore;
import org.datareturn.verifier.tokens.RecordKey;
import org.datareturn.verifier.tokens.SubjectTokens;

/**
 * A registry of 20 million persons beside one of 100 thousand, loaded from CSV files the same way: bytes an entry takes,
 * entries loaded a second, heap alive while loading, and the median of single lookups — present and absent persons in turns,
 * the two registries in turns. One thread.
 */
final class RegistryRun implements Benchmarks.Bench {
    private static final int LARGE = Integer.getInteger("bench.records", 20_000_000);
    private static final int SMALL = 100_000;
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final int READS = 40_000;
    private static final int BIRTHDAYS = 40_000;
    private static final int SEQUENCES = 999;
    private static final List<String> BIRTHS = IntStream.range(0, BIRTHDAYS)
            .mapToObj(day -> LocalDate.of(1910, 1, 1).plusDays(day).format(DateTimeFormatter.BASIC_ISO_DATE))
            .toList();
    private static final String PRESENT = "3701";
    private static final String ABSENT = "1101";

    private final Clock clock = Clock.system(ZoneId.systemDefault());
    private final RegistrySchema schema =
            Products.standard().named("identity-check").orElseThrow().schema();
    private final SubjectTokens tokens = SubjectTokens.ephemeral();

    /** What loading took. */
    private record Loaded(double perSecond, double bytesEach, double heapMegabytes) {}

    @Override
    public List<Benchmarks.Figure> run() throws Exception {
        Path folder = Files.createTempDirectory("data-return-bench-");
        try {
            // The first is to warm up.
            load(folder, SMALL);
            Loaded small = load(folder, SMALL);
            Loaded large = load(folder, LARGE);
            double[] nanos = lookups(folder);
            return List.of(
                    new Benchmarks.Figure("registry-bytes", large.bytesEach, "bytes/entry", small.bytesEach),
                    new Benchmarks.Figure("registry-load", large.perSecond, "entries/s", small.perSecond),
                    new Benchmarks.Figure("registry-heap", large.heapMegabytes, "MB", small.heapMegabytes),
                    new Benchmarks.Figure("registry-lookup", nanos[1], "ns", nanos[0]));
        } finally {
            VerifyRun.delete(folder);
        }
    }

    private Loaded load(Path folder, int records) throws IOException {
        System.err.println("Writing a CSV file of " + records + " persons … 正在生成数据……");
        Path csv = folder.resolve(records + ".csv");
        write(csv, records);
        Path home = home(folder, records);
        HeapWatch heap = new HeapWatch();
        try (RegistryStore store = RocksRegistryStore.open(home, schema, tokens, clock)) {
            long begun = System.nanoTime();
            LoadPlan plan = LoadPlan.of(new EditionOrigin("bench", LocalDate.now(clock)), RowPolicy.STRICT)
                    .keptIn(folder.resolve("kept"));
            LoadOutcome outcome = new RegistryLoader(clock).load(CsvSource.of(csv), store, plan, heap);
            if (!(outcome instanceof LoadOutcome.Built built) || built.report().records() != records) {
                throw new IOException("not all persons were taken: " + outcome.report());
            }
            built.draft().publish();
            double perSecond = records * (double) TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - begun);
            double bytes = (double) size(home) / records;
            System.err.printf(
                    Locale.ROOT,
                    "%d entries: %.1f bytes each, %.0f entries/s, %.0f MB of heap alive at most%n",
                    records,
                    bytes,
                    perSecond,
                    heap.megabytes());
            return new Loaded(perSecond, bytes, heap.megabytes());
        } finally {
            Files.delete(csv);
        }
    }

    /** Medians in nanoseconds of the small registry and the large one. */
    private double[] lookups(Path folder) throws IOException {
        double[] small = new double[ROUNDS];
        double[] large = new double[ROUNDS];
        try (RegistryStore smallStore = RocksRegistryStore.open(home(folder, SMALL), schema, tokens, clock);
                RegistryStore largeStore = RocksRegistryStore.open(home(folder, LARGE), schema, tokens, clock);
                Lease smallLease = smallStore.lease().orElseThrow();
                Lease largeLease = largeStore.lease().orElseThrow()) {
            readThrough(home(folder, SMALL));
            readThrough(home(folder, LARGE));
            // The first is to warm up.
            for (int round = -1; round < ROUNDS; round++) {
                long[][] nanos = new long[2][READS];
                SplittableRandom random = new SplittableRandom(round);
                for (int i = 0; i < READS; i++) {
                    String province = i % 2 == 0 ? PRESENT : ABSENT;
                    nanos[0][i] = read(smallLease, number(random.nextInt(SMALL), province), i % 2 == 0);
                    nanos[1][i] = read(largeLease, number(random.nextInt(LARGE), province), i % 2 == 0);
                }
                Arrays.sort(nanos[0]);
                Arrays.sort(nanos[1]);
                System.err.printf(
                        Locale.ROOT,
                        "round %d of %d: median lookup %d ns of %d entries, %d ns of %d%n",
                        round + 1,
                        ROUNDS,
                        nanos[1][READS / 2],
                        LARGE,
                        nanos[0][READS / 2],
                        SMALL);
                if (round >= 0) {
                    small[round] = nanos[0][READS / 2];
                    large[round] = nanos[1][READS / 2];
                }
            }
        }
        Arrays.sort(small);
        Arrays.sort(large);
        return new double[] {small[ROUNDS / 2], large[ROUNDS / 2]};
    }

    private long read(Lease lease, String number, boolean present) throws IOException {
        if (!(IdNumber.parse(number, clock) instanceof Parsed.Accepted<IdNumber>(IdNumber person))) {
            throw new IOException("a made number is none");
        }
        RecordKey key = lease.tokens().key(schema.canonical(), person);
        long begun = System.nanoTime();
        Reading reading = lease.read(key);
        long nanos = System.nanoTime() - begun;
        if (present != reading instanceof Reading.Present) {
            throw new IOException("a person is lost, or one was found who is not there");
        }
        return nanos;
    }

    private static void write(Path csv, int records) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(csv, StandardCharsets.UTF_8)) {
            out.write("id_number,name\n");
            for (int n = 0; n < records; n++) {
                out.write(number(n, PRESENT));
                out.write(',');
                out.write('王');
                out.write((char) (0x4E00 + n % 5000));
                out.write((char) (0x5000 + n / 5000 % 5000));
                out.write('\n');
            }
        }
    }

    private static String number(int n, String area) {
        int sequence = n / BIRTHDAYS;
        String body = area
                + padded(1 + sequence / SEQUENCES, 2)
                + BIRTHS.get(n % BIRTHDAYS)
                + padded(1 + sequence % SEQUENCES, 3);
        return body + IdNumber.checkCharacter(body);
    }

    /** By hand: there are tens of millions of them to write. */
    private static String padded(int number, int width) {
        String digits = Integer.toString(number);
        return "0".repeat(width - digits.length()) + digits;
    }

    private static Path home(Path folder, int records) {
        return folder.resolve("registry-" + records);
    }

    /** Brings files into the page cache: what a first read of the disk costs is not measured. */
    private static void readThrough(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Files.copy(file, OutputStream.nullOutputStream());
            }
        }
    }

    private static long size(Path folder) throws IOException {
        long bytes = 0;
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    /** The most that was alive in the heap after a collection, looked at whenever the load says a word. */
    private static final class HeapWatch implements LoadProgress {
        private long most;

        @Override
        public void reached(Reached now) {
            long alive = 0;
            for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
                MemoryUsage collected = pool.getCollectionUsage();
                if (pool.getType() == MemoryType.HEAP && collected != null) {
                    alive += collected.getUsed();
                }
            }
            most = Math.max(most, alive);
            if (now.count() % 2_000_000 == 0) {
                System.err.printf(Locale.ROOT, "  %s %d, %.0f/s%n", now.stage(), now.count(), now.perSecond());
            }
        }

        double megabytes() {
            return most / 1e6;
        }
    }
}
