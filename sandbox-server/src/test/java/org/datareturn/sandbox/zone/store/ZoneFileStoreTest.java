package org.datareturn.sandbox.zone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.datareturn.sandbox.zone.store.StoreFixture.edition;
import static org.datareturn.sandbox.zone.store.StoreFixture.ok;
import static org.datareturn.sandbox.zone.store.StoreFixture.refused;
import static org.datareturn.sandbox.zone.store.StoreFixture.rows;
import static org.datareturn.sandbox.zone.store.StoreFixture.table;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.datareturn.sandbox.province.PlainValueScan;
import org.datareturn.sandbox.province.SyntheticProvince;
import org.datareturn.sandbox.province.ZoneTable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZoneFileStoreTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private StoreFixture fixture;

    @BeforeEach
    void start() {
        fixture = new StoreFixture(folder.resolve("zones"));
    }

    @Test
    void givesBackExactlyTheRowsItTook() throws IOException {
        String people = rows("甲", 3_000);
        String claims = rows("乙", 7);
        fixture.load(edition("livelihood", table("person", people), table("benefit", claims)));
        assertThat(fixture.text("livelihood", "person")).isEqualTo(people);
        assertThat(fixture.text("livelihood", "benefit")).isEqualTo(claims);
        assertThat(fixture.afterRestart().text("livelihood", "person")).isEqualTo(people);
    }

    @Test
    void manifestSaysWhatCameFromWhomAndWhen() {
        String csv = "a,b\r\n1,\"two\nlines, \"\"quoted\"\"\"\r\n2,x\r\n\r\n3,last without line end";
        EditionManifest written = fixture.load(edition("z-1", table("t_1", csv), table("empty", "only,header\n")));
        EditionManifest read = ok(fixture.afterRestart().store.read("z-1")).manifest();
        assertThat(read).isEqualTo(written);
        assertThat(read.edition()).isEqualTo(1);
        assertThat(read.provider()).isEqualTo("济南市民政局");
        assertThat(read.acquired()).isEqualTo(StoreFixture.ACQUIRED);
        assertThat(read.written()).isEqualTo(StoreFixture.NOW);
        assertThat(read.schemaDigest()).isEqualTo(StoreFixture.SCHEMA);
        EditionManifest.Table table = read.table("t_1").orElseThrow();
        assertThat(table.rows()).isEqualTo(3);
        assertThat(table.bytes()).isEqualTo(csv.getBytes(StandardCharsets.UTF_8).length);
        assertThat(read.table("empty").orElseThrow().rows()).isZero();
    }

    @Test
    void noPlainValueIsFoundInAnyFile() throws IOException {
        SyntheticProvince province = SyntheticProvince.generate(11, 5_000);
        fixture.load(edition(
                SyntheticProvince.ZONE,
                Stream.of(ZoneTable.values())
                        .map(t -> new EditionSource.Table(t.tableName(), () -> province.openZoneTable(t)))
                        .toArray(EditionSource.Table[]::new)));
        PlainValueScan scan = new PlainValueScan(province.plainValues());
        assertThat(scan.in(folder)).isEmpty();
        // The scan is able to find what it looks for: the same rows, written plainly, are found at once.
        province.writeZoneTables(folder.resolve("plain"));
        assertThat(scan.in(folder)).hasSize(1);
    }

    @Test
    void sameRowsTwiceGiveDifferentFiles() throws IOException {
        String csv = rows("甲", 50);
        fixture.load(edition("z", table("a", csv), table("b", csv)));
        assertThat(Files.readAllBytes(fixture.current("z", "a")))
                .isNotEqualTo(Files.readAllBytes(fixture.current("z", "b")));
    }

    @Test
    void aNewEditionTakesOverWhole() throws IOException {
        fixture.load(edition("z", table("a", rows("旧", 10)), table("b", rows("旧", 10))));
        EditionReader before = ok(fixture.store.read("z"));
        fixture.load(edition("z", table("a", rows("新", 20)), table("b", rows("新", 20))));
        assertThat(fixture.text("z", "a")).isEqualTo(rows("新", 20));
        // A reader begun before goes on with the edition it began with.
        try (InputStream old = ok(before.open("b"))) {
            assertThat(new String(old.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(rows("旧", 10));
        }
        assertThat(ok(fixture.store.editions("z"))).containsExactly(1L, 2L);
        assertThat(ok(fixture.store.removeSuperseded("z"))).containsExactly(1L);
        assertThat(ok(fixture.store.editions("z"))).containsExactly(2L);
        assertThat(fixture.text("z", "a")).isEqualTo(rows("新", 20));
        assertThat(refused(before.open("b"))).isEqualTo(ZoneStoreReason.ZONE_STORE_FILE_MISSING);
    }

    @Test
    void aStagedEditionCanBeJudgedBeforeItServesAndThrownAway() throws IOException {
        fixture.load(edition("z", table("a", rows("旧", 10))));
        StagedEdition staged = ok(fixture.store.stage(edition("z", table("a", rows("新", 11)))));
        try (InputStream in = ok(ok(fixture.store.read(staged)).open("a"))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(rows("新", 11));
        }
        assertThat(fixture.text("z", "a")).isEqualTo(rows("旧", 10));
        ok(fixture.store.discard(staged));
        assertThat(refused(fixture.store.activate(staged))).isEqualTo(ZoneStoreReason.ZONE_STORE_STAGED_GONE);
        assertThat(fixture.text("z", "a")).isEqualTo(rows("旧", 10));
    }

    @Test
    void anEditionStagedEarlierNeverReplacesALaterOne() throws IOException {
        StagedEdition early = ok(fixture.store.stage(edition("z", table("a", rows("早", 5)))));
        fixture.load(edition("z", table("a", rows("晚", 5))));
        assertThat(refused(fixture.store.activate(early))).isEqualTo(ZoneStoreReason.ZONE_STORE_STAGED_GONE);
        assertThat(fixture.text("z", "a")).isEqualTo(rows("晚", 5));
    }

    @Test
    void theEditionInUseCannotBeDiscarded() throws IOException {
        StagedEdition staged = ok(fixture.store.stage(edition("z", table("a", rows("甲", 5)))));
        ok(fixture.store.activate(staged));
        assertThat(refused(fixture.store.discard(staged))).isEqualTo(ZoneStoreReason.ZONE_STORE_STAGED_GONE);
        assertThat(fixture.text("z", "a")).isEqualTo(rows("甲", 5));
    }

    @Test
    void aCrashBetweenWriteAndSwitchLeavesTheOldEdition() throws IOException {
        fixture.load(edition("z", table("a", rows("旧", 10))));
        ok(fixture.store.stage(edition("z", table("a", rows("新", 11)))));
        StoreFixture restarted = fixture.afterRestart();
        assertThat(restarted.text("z", "a")).isEqualTo(rows("旧", 10));
        assertThat(restarted.load(edition("z", table("a", rows("再", 12)))).edition())
                .isEqualTo(3);
        assertThat(restarted.text("z", "a")).isEqualTo(rows("再", 12));
        assertThat(ok(restarted.store.removeSuperseded("z"))).containsExactly(1L, 2L);
    }

    @Test
    void aCrashWhileSwitchingLeavesTheOldEdition() throws IOException {
        fixture.load(edition("z", table("a", rows("旧", 10))));
        Path zone = fixture.root.resolve("z");
        Files.write(zone.resolve(".current.draft"), new byte[] {1, 2, 3});
        Files.createDirectory(zone.resolve(".staging-left"));
        Files.write(zone.resolve(".staging-left").resolve("a.csv.sealed"), new byte[100]);
        StoreFixture restarted = fixture.afterRestart();
        assertThat(restarted.text("z", "a")).isEqualTo(rows("旧", 10));
        restarted.load(edition("z", table("a", rows("新", 11))));
        assertThat(restarted.text("z", "a")).isEqualTo(rows("新", 11));
        assertThat(filesStartingWithDot(zone)).containsExactly(".lock");
    }

    @Test
    void aSourceThatBreaksOffLeavesTheOldEditionAndNothingElse() throws IOException {
        fixture.load(edition("z", table("a", rows("旧", 10))));
        EditionSource.Table breaking = new EditionSource.Table("b", BreakingStream::new);
        EditionSource.Table absent = new EditionSource.Table("b", () -> {
            throw new IOException("no such file");
        });
        for (EditionSource.Table bad : List.of(breaking, absent)) {
            assertThat(refused(fixture.store.write(edition("z", table("a", rows("新", 9)), bad))))
                    .isEqualTo(ZoneStoreReason.ZONE_STORE_SOURCE_UNREADABLE);
            assertThat(ok(fixture.store.editions("z"))).containsExactly(1L);
            assertThat(filesStartingWithDot(fixture.root.resolve("z"))).containsExactly(".lock");
        }
        assertThat(fixture.text("z", "a")).isEqualTo(rows("旧", 10));
    }

    @Test
    void ofTwoWritersOfAZoneTheSecondIsRefused() {
        List<ZoneStoreReason> seen = new ArrayList<>();
        EditionSource.Table whileReading = new EditionSource.Table("a", () -> {
            seen.add(refused(fixture.afterRestart().store.write(edition("z", table("a", "x\n1\n")))));
            ok(fixture.afterRestart().store.write(edition("other", table("a", "x\n1\n"))));
            return InputStream.nullInputStream();
        });
        fixture.load(edition("z", whileReading));
        assertThat(seen).containsExactly(ZoneStoreReason.ZONE_STORE_BUSY);
        assertThat(ok(fixture.store.zones())).containsExactly("other", "z");
    }

    @Test
    void namesThatCouldLeaveTheFolderAreRefused() throws IOException {
        for (String zone : List.of("", "..", "../z", "a/b", "Z", "专区", "-z", ".z")) {
            assertThat(refused(fixture.store.read(zone))).isEqualTo(ZoneStoreReason.ZONE_STORE_NAME_INVALID);
            assertThat(refused(fixture.store.write(edition(zone, table("a", "x\n")))))
                    .isEqualTo(ZoneStoreReason.ZONE_STORE_NAME_INVALID);
        }
        for (String name : List.of("", "../a", "a.b", "A", "表")) {
            assertThat(refused(fixture.store.write(edition("z", table(name, "x\n")))))
                    .isEqualTo(ZoneStoreReason.ZONE_STORE_NAME_INVALID);
        }
        assertThat(refused(fixture.store.write(edition("z")))).isEqualTo(ZoneStoreReason.ZONE_STORE_TABLES_INVALID);
        assertThat(refused(fixture.store.write(edition("z", table("a", "x\n"), table("a", "x\n")))))
                .isEqualTo(ZoneStoreReason.ZONE_STORE_TABLES_INVALID);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatWasNeverLoadedIsNotThere() {
        assertThat(refused(fixture.store.open("z", "a"))).isEqualTo(ZoneStoreReason.ZONE_STORE_NO_EDITION);
        assertThat(ok(fixture.store.zones())).isEmpty();
        assertThat(ok(fixture.store.editions("z"))).isEmpty();
        fixture.load(edition("z", table("a", "x\n1\n")));
        assertThat(refused(fixture.store.open("z", "b"))).isEqualTo(ZoneStoreReason.ZONE_STORE_NO_TABLE);
    }

    @Test
    void onlyTheNodesOwnUserMayEnterTheFolder() throws IOException {
        fixture.load(edition("z", table("a", "x\n1\n")));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fixture.root.resolve("z"))))
                .isEqualTo("rwx------");
    }

    private static List<String> filesStartingWithDot(Path zone) throws IOException {
        try (Stream<Path> entries = Files.list(zone)) {
            return entries.map(p -> p.getFileName().toString())
                    .filter(n -> n.startsWith("."))
                    .toList();
        }
    }

    /** Gives a hundred thousand bytes and breaks. */
    private static final class BreakingStream extends InputStream {
        private int left = 100_000;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left <= 0) {
                throw new IOException("the line went dead");
            }
            int n = Math.min(left, length);
            Arrays.fill(buffer, offset, offset + n, (byte) 'x');
            left -= n;
            return n;
        }
    }
}
