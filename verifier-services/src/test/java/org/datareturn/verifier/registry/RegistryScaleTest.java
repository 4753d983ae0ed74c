package org.datareturn.verifier.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.datareturn.verifier.normalise.IdNumber;
import org.datareturn.verifier.normalise.Parsed;
import org.datareturn.verifier.normalise.SyntheticNumbers;
import org.datareturn.verifier.tokens.RecordKey;
import org.datareturn.verifier.tokens.TestKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a registry costs; {@code -Dregistry.records=1000000} for the figures in {@code docs/decisions}. */
class RegistryScaleTest {
    private static final int RECORDS = Integer.getInteger("registry.records", 60_000);
    private static final int READS = 5_000;

    @TempDir
    Path folder;

    @Test
    void takesFewBytesARecordAndReadsPresentAndAbsentAlike() throws IOException {
        Path csv = folder.resolve("population.csv");
        writePeople(csv);
        Path home = folder.resolve("store");
        try (RegistryStore store = TestRegistry.open(home, TestKeys.fresh())) {
            long began = System.nanoTime();
            LoadOutcome outcome = new RegistryLoader(TestRegistry.CLOCK)
                    .load(csv, store, TestRegistry.ORIGIN, RowPolicy.STRICT, LoadProgress.silent());
            double seconds = (System.nanoTime() - began) / 1e9;
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            LoadOutcome.Built.class,
                            built -> assertThat(built.report().records()).isEqualTo(RECORDS));
            if (outcome instanceof LoadOutcome.Built built) {
                built.draft().publish();
            }
            double bytes = (double) size(home) / RECORDS;
            assertThat(bytes).isLessThan(50);
            try (Lease lease = store.lease().orElseThrow()) {
                medianNanos(lease);
                long[] medians = medianNanos(lease);
                for (int again = 0; again < 2 && !areAlike(medians); again++) {
                    medians = medianNanos(lease);
                }
                System.out.println(String.format(
                        Locale.ROOT,
                        "%d records: %.1f bytes each, %.0f records/s loaded, median read %d ns present, %d ns absent",
                        RECORDS,
                        bytes,
                        RECORDS / seconds,
                        medians[0],
                        medians[1]));
                // RocksDB's plain get stands at 1.25 to 1.3 here.
                assertThat(areAlike(medians))
                        .as("%s ns", Arrays.toString(medians))
                        .isTrue();
            }
        }
    }

    /** Median time of a read of somebody present, and of somebody absent; taken in turns, under one and the same load. */
    private static long[] medianNanos(Lease lease) {
        SplittableRandom random = new SplittableRandom(5);
        String shape = TestRegistry.schema().canonical();
        long[][] nanos = new long[2][READS];
        for (int i = 0; i < 2 * READS; i++) {
            boolean present = i % 2 == 0;
            RecordKey key = lease.tokens().key(shape, person(number(random.nextInt(RECORDS), present ? "37" : "11")));
            long began = System.nanoTime();
            Reading reading = lease.read(key);
            nanos[i % 2][i / 2] = System.nanoTime() - began;
            assertThat(reading).isInstanceOf(present ? Reading.Present.class : Reading.Absent.class);
        }
        Arrays.sort(nanos[0]);
        Arrays.sort(nanos[1]);
        return new long[] {nanos[0][READS / 2], nanos[1][READS / 2]};
    }

    private static boolean areAlike(long[] medians) {
        double ratio = (double) medians[1] / medians[0];
        return ratio > 0.87 && ratio < 1.15;
    }

    private static void writePeople(Path csv) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(csv)) {
            out.write("id_number,name\n");
            for (int n = 0; n < RECORDS; n++) {
                out.write(number(n, "37") + "," + (char) (0x4E00 + n % 5000) + (char) (0x5000 + n / 5000) + "\n");
            }
        }
    }

    /** The n-th person of a province: 40,000 birthdays times the sequence digits. */
    private static String number(int n, String province) {
        String birth = LocalDate.of(1910, 1, 1).plusDays(n % 40_000).format(DateTimeFormatter.BASIC_ISO_DATE);
        return SyntheticNumbers.idNumber(province + "0102", birth, "%03d".formatted(1 + n / 40_000));
    }

    private static IdNumber person(String number) {
        return switch (IdNumber.parse(number, TestRegistry.CLOCK)) {
            case Parsed.Accepted<IdNumber> accepted -> accepted.value();
            case Parsed.Rejected<IdNumber> rejected -> throw new AssertionError(rejected.reason());
        };
    }

    private static long size(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        return bytes;
    }
}
