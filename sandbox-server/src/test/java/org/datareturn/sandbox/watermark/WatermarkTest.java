package org.datareturn.sandbox.watermark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.datareturn.sandbox.keys.KeyRing;
import org.datareturn.sandbox.keys.KeyRingException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatermarkTest {
    @TempDir
    Path scratch;

    private KeyRing ring;
    private TableWatermark watermark;

    @BeforeEach
    void ring() throws KeyRingException {
        ring = KeyRing.open(scratch.resolve("keys"), scratch.resolve("data"));
        watermark = new TableWatermark(ring.watermark());
    }

    @Test
    void movesFiguresByTheToleranceAndNothingElse() {
        NeutralTable table = mixed();
        NeutralTable marked = watermark.mark(table, "agency-a", "release-1").table();
        for (int i = 0; i < table.rows().size(); i++) {
            List<@Nullable Object> before = table.rows().get(i);
            List<@Nullable Object> after = marked.rows().get(i);
            assertThat(after.subList(0, 2)).isEqualTo(before.subList(0, 2));
            assertThat(after.get(6)).isEqualTo(before.get(6));
            for (int column = 2; column < 6; column++) {
                BigDecimal tolerance = table.columns().get(column).tolerance();
                if (before.get(column) == null) {
                    assertThat(after.get(column)).isNull();
                } else {
                    BigDecimal moved = number(after.get(column)).subtract(number(before.get(column)));
                    assertThat(moved.abs()).isLessThanOrEqualTo(tolerance);
                    assertThat(number(after.get(column)).signum()).isGreaterThanOrEqualTo(0);
                    assertThat(after.get(column))
                            .isInstanceOf(before.get(column).getClass());
                }
            }
            assertThat((Long) after.get(5) - (Long) before.get(5)).isIn(-2L, 0L, 2L);
        }
        assertThat(marked).isNotEqualTo(table);
    }

    @Test
    void givesTheSameTableAgainWhateverTheOrderOfRows() {
        NeutralTable table = mixed();
        List<List<@Nullable Object>> reversed = new ArrayList<>(table.rows());
        Collections.reverse(reversed);
        NeutralTable first = watermark.mark(table, "agency-a", "release-1").table();
        NeutralTable again = watermark
                .mark(new NeutralTable(table.columns(), reversed), "agency-a", "release-1")
                .table();
        assertThat(again.rows()).containsExactlyInAnyOrderElementsOf(first.rows());
        assertThat(watermark.mark(table, "agency-a", "release-1").table()).isEqualTo(first);
        assertThat(watermark.mark(table, "agency-b", "release-1").table()).isNotEqualTo(first);
        assertThat(watermark.mark(table, "agency-a", "release-2").table()).isNotEqualTo(first);
    }

    @Test
    void marksHalfTheCellsUpAndHalfDown() {
        NeutralTable table = counts(4000, new SplittableRandom(3));
        NeutralTable marked = watermark.mark(table, "agency-a", "release-1").table();
        int up = 0;
        for (int i = 0; i < 4000; i++) {
            up += (Long) marked.rows().get(i).get(1)
                            > (Long) table.rows().get(i).get(1)
                    ? 1
                    : 0;
        }
        // Four standard deviations of 4000 fair coins.
        assertThat(up).isBetween(2000 - 127, 2000 + 127);
    }

    @Test
    void neverMakesACountNegativeAndLeavesZeroAlone() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (long i = 0; i < 100; i++) {
            rows.add(Arrays.asList("k" + i, i % 4));
        }
        NeutralTable table = new NeutralTable(counts(1, new SplittableRandom(1)).columns(), rows);
        for (List<@Nullable Object> row :
                watermark.mark(table, "a", "r").table().rows()) {
            assertThat((Long) row.get(1)).isGreaterThanOrEqualTo(0);
        }
        assertThat(watermark.mark(table, "a", "r").table().rows().get(0)).isEqualTo(rows.get(0));
    }

    @Test
    void keepsReleasesEncryptedAndGivesThemBack() throws Exception {
        ReleaseArchive archive = new ReleaseArchive(scratch.resolve("data/releases"), ring.records(), ring.watermark());
        Instant noon = Instant.parse("2026-11-21T04:00:00Z");
        NeutralTable table = mixed();
        archive.store(new ReleaseCandidate("release-1", "agency-a", table), noon);
        archive.store(new ReleaseCandidate("release-1", "agency-a", table), noon.plusSeconds(9));
        archive.store(new ReleaseCandidate("release-1", "agency-b", table), noon.plusSeconds(1));
        assertThat(archive.list())
                .containsExactly(
                        new ReleaseArchive.Copy("release-1", "agency-a", noon),
                        new ReleaseArchive.Copy("release-1", "agency-b", noon.plusSeconds(1)));
        assertThat(archive.load(archive.list().getFirst()))
                .isEqualTo(new ReleaseCandidate("release-1", "agency-a", table));
        for (Path file : files()) {
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .doesNotContain("agency", "release-1", "county", "persons");
            assertThat(file.getFileName().toString()).matches("[0-9a-f]{64}\\.release");
        }
        Path damaged = files().getFirst();
        byte[] content = Files.readAllBytes(damaged);
        content[content.length - 5] ^= 1;
        Files.write(damaged, content);
        assertThatThrownBy(() -> {
                    for (ReleaseArchive.Copy copy : archive.list()) {
                        archive.load(copy);
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void takesNoTableThatContradictsItself() {
        assertThatThrownBy(() -> new NeutralTable.Column("k", NeutralTable.Role.KEY, BigDecimal.ONE))
                .isInstanceOf(IllegalArgumentException.class);
        List<NeutralTable.Column> columns = List.of(NeutralTable.Column.key("k"));
        assertThatThrownBy(() -> new NeutralTable(columns, List.of(List.of("a", "b"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new NeutralTable(columns, List.of(List.of(7))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new NeutralTable(
                        List.of(NeutralTable.Column.key("k"), NeutralTable.Column.key("k")), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(scratch.resolve("data/releases"))) {
            return files.toList();
        }
    }

    private static BigDecimal number(@Nullable Object value) {
        return CellText.number(value).orElseThrow();
    }

    static NeutralTable counts(int rows, SplittableRandom random) {
        List<List<@Nullable Object>> content = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            content.add(Arrays.asList("county-" + i, 5L * random.nextLong(4, 2000)));
        }
        return new NeutralTable(
                List.of(NeutralTable.Column.key("county"), NeutralTable.Column.value("persons", BigDecimal.valueOf(2))),
                content);
    }

    private static NeutralTable mixed() {
        SplittableRandom random = new SplittableRandom(5);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            rows.add(Arrays.asList(
                    i % 7 == 0 ? null : "county-" + i,
                    (long) i,
                    new BigDecimal(random.nextInt(100_000)).movePointLeft(2),
                    random.nextDouble() * 1000,
                    i % 5 == 0 ? null : (Object) random.nextLong(100),
                    random.nextLong(10, 100),
                    i % 2 == 0));
        }
        return new NeutralTable(
                List.of(
                        NeutralTable.Column.key("county"),
                        NeutralTable.Column.key("year"),
                        NeutralTable.Column.value("income", new BigDecimal("2.5")),
                        NeutralTable.Column.value("share", new BigDecimal("0.5")),
                        NeutralTable.Column.value("visits", BigDecimal.valueOf(2)),
                        NeutralTable.Column.value("persons", new BigDecimal("2.5")),
                        NeutralTable.Column.value("flag", BigDecimal.ZERO)),
                rows);
    }
}
