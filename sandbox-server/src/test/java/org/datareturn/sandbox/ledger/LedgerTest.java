package org.datareturn.sandbox.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.datareturn.sandbox.keys.KeyRing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    @TempDir
    Path scratch;

    @Test
    void givesEveryConcurrentCallerAReceiptThatVerifiesAndADenseIndex() throws Exception {
        KeyRing ring = LedgerFixture.ring(scratch);
        int calls = 2000;
        List<Recorded<String>> all = new ArrayList<>();
        try (Ledger ledger = LedgerFixture.open(ring, scratch.resolve("data/ledger"));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Recorded<String>>> pending = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                String answer = "answer-" + i;
                pending.add(threads.submit(() -> ledger.record(answer, LedgerFixture.record(answer))));
            }
            for (Future<Recorded<String>> future : pending) {
                all.add(future.get());
            }
            for (Recorded<String> recorded : all) {
                assertThat(recorded.receipt().record().target()).isEqualTo(recorded.answer());
                assertThat(ReceiptVerifier.verify(recorded.receipt().text(), ledger.verifierKey()))
                        .isEqualTo(new ReceiptVerifier.Verification.Verified(
                                recorded.receipt().record(), recorded.index(), checkpointOf(recorded.receipt())));
                assertThat(ledger.reader().find(recorded.traceId()))
                        .containsExactly(new LedgerReader.Entry(
                                recorded.index(), recorded.receipt().record()));
            }
        }
        assertThat(all.stream().map(Recorded::index))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, calls).boxed().toList());
    }

    @Test
    void keepsEverythingOverAReopeningAndGoesOn() throws Exception {
        KeyRing ring = LedgerFixture.ring(scratch);
        Path folder = scratch.resolve("data/ledger");
        List<TraceId> traces = new ArrayList<>();
        Checkpoint before;
        try (Ledger ledger = LedgerFixture.open(ring, folder)) {
            for (int i = 0; i < 700; i++) {
                traces.add(ledger.record(i, LedgerFixture.record("a")).traceId());
            }
            before = ledger.reader().checkpoint();
        }
        try (Ledger ledger = LedgerFixture.open(LedgerFixture.ring(scratch), folder)) {
            assertThat(ledger.reader().checkpoint()).isEqualTo(before);
            Recorded<String> next = ledger.record("x", LedgerFixture.record("b"));
            assertThat(next.index()).isEqualTo(700);
            assertThat(MerkleProof.consistent(
                            700,
                            701,
                            ledger.reader().consistency(700, 701),
                            before.root(),
                            ledger.reader().checkpoint().root()))
                    .isTrue();
            for (int i = 0; i < traces.size(); i++) {
                assertThat(ledger.reader().find(traces.get(i))).hasSize(1);
                String again = ledger.reader().receipt(i).orElseThrow().text();
                assertThat(ReceiptVerifier.verify(again, ledger.verifierKey()))
                        .isInstanceOf(ReceiptVerifier.Verification.Verified.class);
            }
        }
    }

    @Test
    void findsAllEntriesOfATraceInOrder() throws Exception {
        try (Ledger ledger = LedgerFixture.open(LedgerFixture.ring(scratch), scratch.resolve("data/ledger"))) {
            LedgerRecord record = LedgerFixture.record("again");
            List<Long> indexes = new ArrayList<>();
            for (int i = 0; i < 3000; i++) {
                ledger.record(i, LedgerFixture.record("between"));
                if (i % 100 == 0) {
                    indexes.add(ledger.record(i, record).index());
                }
            }
            assertThat(ledger.reader().find(record.traceId()))
                    .extracting(LedgerReader.Entry::index)
                    .isEqualTo(indexes);
            assertThat(ledger.reader().find(TraceId.random(LedgerFixture.RANDOM)))
                    .isEmpty();
        }
    }

    @Test
    void writesNothingReadableOfARecordToDisk() throws Exception {
        Path folder = scratch.resolve("data/ledger");
        TraceId trace;
        try (Ledger ledger = LedgerFixture.open(LedgerFixture.ring(scratch), folder)) {
            trace = ledger.record("x", LedgerFixture.record("secret-product")).traceId();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(content)
                        .as(file.toString())
                        .doesNotContain("secret-product", trace.hex(), "operator-1", "91370000MA3TEST01X");
            }
        }
    }

    @Test
    void refusesASecondHolderOfTheFolder() throws Exception {
        KeyRing ring = LedgerFixture.ring(scratch);
        try (Ledger held = LedgerFixture.open(ring, scratch.resolve("data/ledger"))) {
            assertThat(held.isOpen()).isTrue();
            assertThatThrownBy(() -> LedgerFixture.open(ring, scratch.resolve("data/ledger")))
                    .isInstanceOfSatisfying(
                            LedgerUnavailableException.class,
                            e -> assertThat(e.refusal().reason()).isEqualTo(LedgerReason.LEDGER_IN_USE));
        }
    }

    @Test
    void refusesAfterClosing() throws Exception {
        Ledger ledger = LedgerFixture.open(LedgerFixture.ring(scratch), scratch.resolve("data/ledger"));
        ledger.close();
        assertThat(ledger.isOpen()).isFalse();
        assertThatThrownBy(() -> ledger.record("x", LedgerFixture.record("x")))
                .isInstanceOfSatisfying(
                        LedgerUnavailableException.class,
                        e -> assertThat(e.refusal().reason()).isEqualTo(LedgerReason.LEDGER_CLOSED));
    }

    @Test
    void refusesTheFolderOfAnotherKey(@TempDir Path other) throws Exception {
        KeyRing ring = LedgerFixture.ring(scratch);
        Path folder = scratch.resolve("data/ledger");
        LedgerFixture.open(ring, folder).close();
        assertThatThrownBy(() -> LedgerFixture.open(LedgerFixture.ring(other), folder))
                .isInstanceOfSatisfying(
                        LedgerUnavailableException.class,
                        e -> assertThat(e.refusal().reason()).isEqualTo(LedgerReason.LEDGER_OF_ANOTHER_KEY));
    }

    @Test
    void refusesAllWaitingAndLaterCallsWhenTilesCannotBeWritten() throws Exception {
        Path folder = scratch.resolve("data/ledger");
        try (Ledger ledger = LedgerFixture.open(LedgerFixture.ring(scratch), folder);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Path tiles = folder.resolve("log/tile");
            while (!Files.exists(tiles)) {
                ledger.record("x", LedgerFixture.record("x"));
            }
            // A file where the folder of tiles should be: every write below it fails from now on, also for root.
            Files.move(tiles, folder.resolve("moved"));
            Files.createFile(tiles);
            // The public files follow the receipts; the first failure to write them shuts the ledger.
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100_000; i++) {
                            ledger.record("z", LedgerFixture.record("z"));
                        }
                    })
                    .isInstanceOf(LedgerUnavailableException.class);
            List<Future<Recorded<String>>> pending = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                pending.add(threads.submit(() -> ledger.record("y", LedgerFixture.record("y"))));
            }
            for (Future<Recorded<String>> future : pending) {
                assertThatThrownBy(future::get)
                        .isInstanceOf(ExecutionException.class)
                        .cause()
                        .isInstanceOfSatisfying(
                                LedgerUnavailableException.class,
                                e -> assertThat(e.refusal().reason()).isEqualTo(LedgerReason.LEDGER_WRITE_FAILED));
            }
            assertThat(ledger.isOpen()).isFalse();
        }
    }

    @Test
    void servesOnlyPublicFilesOfTheGrammar() throws Exception {
        Path folder = scratch.resolve("data/ledger");
        try (Ledger ledger = LedgerFixture.open(LedgerFixture.ring(scratch), folder)) {
            for (int i = 0; i < 300; i++) {
                ledger.record("x", LedgerFixture.record("x"));
            }
        }
        try (Ledger ledger = LedgerFixture.open(LedgerFixture.ring(scratch), folder)) {
            TileFiles files = ledger.files();
            assertThat(files.find("checkpoint").orElseThrow().contentType()).isEqualTo("text/plain; charset=utf-8");
            assertThat(files.find("tile/0/000").orElseThrow().cacheControl()).contains("immutable");
            assertThat(Files.size(files.find("tile/0/000").orElseThrow().file()))
                    .isEqualTo(8192);
            assertThat(files.find("tile/entries/001.p/44")).isPresent();
            assertThat(files.find("tile/1/000.p/1")).isPresent();
            assertThat(folder.resolve("log/tile/0/000.p")).doesNotExist();
            for (String path : List.of(
                    "",
                    "/checkpoint",
                    "../journal",
                    "../lock",
                    "tile/../../journal",
                    "tile/0/../../../journal",
                    "checkpoint.new",
                    "tile/00/000",
                    "tile/64/000",
                    "tile/0/000.p/0",
                    "tile/0/000.p/044",
                    "tile/0/000.p/256",
                    "tile/0/x00/000",
                    "tile/0/000/",
                    "tile/0/%2e%2e/000",
                    "tile/entries",
                    "tile/0/000\n")) {
                assertThat(files.find(path)).as(path).isEmpty();
            }
        }
    }

    @Test
    void encodesTileIndexesAsTheSpecificationDoes() {
        assertThat(TileFolder.encode(1234067)).isEqualTo("x001/x234/067");
        assertThat(TileFolder.encode(0)).isEqualTo("000");
        assertThat(TileFolder.encode(999)).isEqualTo("999");
        assertThat(TileFolder.encode(1000)).isEqualTo("x001/000");
    }

    private static Checkpoint checkpointOf(Receipt receipt) {
        return SignedNote.parse(receipt.checkpoint())
                .flatMap(note -> Checkpoint.parse(note.text()))
                .orElseThrow();
    }

    @Test
    void provesEveryLeafOfManySizes() throws IOException {
        HashTree tree = new HashTree(new TileFolder(scratch));
        List<Hash> leaves = new ArrayList<>();
        for (int size = 1; size <= 600; size++) {
            leaves.add(Hash.leaf(("entry " + size).getBytes(StandardCharsets.UTF_8)));
            tree.append(leaves.getLast());
            if (size % 37 == 0 || size % 256 < 2) {
                Hash root = tree.root(size);
                for (int i = 0; i < size; i++) {
                    assertThat(MerkleProof.includes(i, size, leaves.get(i), tree.inclusion(i, size), root))
                            .isTrue();
                }
                for (int first = 1; first < size; first += 11) {
                    assertThat(MerkleProof.consistent(
                                    first, size, tree.consistency(first, size), tree.root(first), root))
                            .isTrue();
                }
            }
        }
    }
}
