package org.datareturn.sandbox.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.datareturn.sandbox.keys.KeyRing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerCrashTest {
    @TempDir
    Path scratch;

    /** A journal of several batches, and its state just before the last batch was acknowledged. */
    private record Crashed(KeyRing ring, Path before, Path after, long lastBatch, long end) {}

    private Crashed crashed() throws Exception {
        KeyRing ring = LedgerFixture.ring(scratch);
        Path live = scratch.resolve("data/live");
        Path before = scratch.resolve("data/before");
        Path after = scratch.resolve("data/after");
        try (Ledger ledger = LedgerFixture.open(ring, live)) {
            for (int i = 0; i < 5; i++) {
                ledger.record("x", LedgerFixture.record("early"));
            }
        }
        LedgerFixture.copy(live, before);
        long lastBatch = Files.size(live.resolve("journal"));
        try (Ledger ledger = LedgerFixture.open(ring, live)) {
            ledger.record("x", LedgerFixture.record("late"));
        }
        LedgerFixture.copy(live, after);
        return new Crashed(ring, before, after, lastBatch, Files.size(live.resolve("journal")));
    }

    @Test
    void cutsAnIncompleteTailThatNobodyWasToldOf() throws Exception {
        Crashed crashed = crashed();
        byte[] journal = Files.readAllBytes(crashed.after().resolve("journal"));
        for (long length = crashed.lastBatch(); length <= crashed.end(); length++) {
            Path folder = fresh(crashed.before());
            Files.write(folder.resolve("journal"), java.util.Arrays.copyOf(journal, (int) length));
            try (Ledger ledger = LedgerFixture.open(crashed.ring(), folder)) {
                long size = length == crashed.end() ? 6 : 5;
                assertThat(ledger.reader().checkpoint().size())
                        .as("cut at " + length)
                        .isEqualTo(size);
                Recorded<String> next = ledger.record("y", LedgerFixture.record("next"));
                assertThat(next.index()).isEqualTo(size);
                assertThat(ReceiptVerifier.verify(next.receipt().text(), ledger.verifierKey()))
                        .isInstanceOf(ReceiptVerifier.Verification.Verified.class);
            }
        }
    }

    @Test
    void cutsATornTailWhosePagesCameOutOfOrder() throws Exception {
        Crashed crashed = crashed();
        byte[] journal = Files.readAllBytes(crashed.after().resolve("journal"));
        for (int hole = (int) crashed.lastBatch(); hole < journal.length; hole += 32) {
            byte[] torn = journal.clone();
            java.util.Arrays.fill(torn, hole, Math.min(hole + 32, torn.length), (byte) 0);
            Path folder = fresh(crashed.before());
            Files.write(folder.resolve("journal"), torn);
            try (Ledger ledger = LedgerFixture.open(crashed.ring(), folder)) {
                assertThat(ledger.reader().checkpoint().size()).isEqualTo(5);
            }
        }
    }

    @Test
    void refusesAnyCutOfWhatWasAcknowledged() throws Exception {
        Crashed crashed = crashed();
        byte[] journal = Files.readAllBytes(crashed.after().resolve("journal"));
        for (int length = 0; length < journal.length; length += length < crashed.lastBatch() ? 97 : 3) {
            Path folder = fresh(crashed.after());
            Files.write(folder.resolve("journal"), java.util.Arrays.copyOf(journal, length));
            refusesAsDamaged(crashed.ring(), folder, "cut at " + length);
        }
    }

    @Test
    void refusesAnyFlippedBitOfTheJournal() throws Exception {
        Crashed crashed = crashed();
        byte[] journal = Files.readAllBytes(crashed.after().resolve("journal"));
        SplittableRandom random = new SplittableRandom(7);
        for (int at = 0; at < journal.length; at += 1 + random.nextInt(40)) {
            byte[] flipped = journal.clone();
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            Path folder = fresh(crashed.after());
            Files.write(folder.resolve("journal"), flipped);
            refusesAsDamaged(crashed.ring(), folder, "flipped at " + at);
        }
    }

    @Test
    void refusesDamageBeforeALaterBatchEvenWhenTheNotesAreOld() throws Exception {
        Crashed crashed = crashed();
        byte[] journal = Files.readAllBytes(crashed.after().resolve("journal"));
        Path empty = scratch.resolve("data/empty");
        LedgerFixture.open(crashed.ring(), empty).close();
        for (int at = Journal.HEADER.length; at < crashed.lastBatch(); at += 13) {
            byte[] flipped = journal.clone();
            flipped[at] ^= 1;
            Path folder = fresh(empty);
            Files.write(folder.resolve("journal"), flipped);
            refusesAsDamaged(crashed.ring(), folder, "flipped at " + at);
        }
    }

    @Test
    void refusesMissingFiles() throws Exception {
        Crashed crashed = crashed();
        for (String file : List.of("journal", "acknowledged", "log/checkpoint")) {
            Path folder = fresh(crashed.after());
            Files.delete(folder.resolve(file));
            refusesAsDamaged(crashed.ring(), folder, "without " + file);
        }
    }

    @Test
    void makesDamagedOrMissingTilesAnew() throws Exception {
        KeyRing ring = LedgerFixture.ring(scratch);
        Path live = scratch.resolve("data/live");
        try (Ledger ledger = LedgerFixture.open(ring, live)) {
            for (int i = 0; i < 260; i++) {
                ledger.record("x", LedgerFixture.record("x"));
            }
        }
        byte[] tile = Files.readAllBytes(live.resolve("log/tile/0/000"));
        byte[] bundle = Files.readAllBytes(live.resolve("log/tile/entries/000"));
        Files.write(live.resolve("log/tile/0/000"), new byte[8192]);
        Files.delete(live.resolve("log/tile/entries/000"));
        try (Ledger ledger = LedgerFixture.open(ring, live)) {
            assertThat(Files.readAllBytes(live.resolve("log/tile/0/000"))).isEqualTo(tile);
            assertThat(Files.readAllBytes(live.resolve("log/tile/entries/000"))).isEqualTo(bundle);
            assertThat(ReceiptVerifier.verify(
                            ledger.reader().receipt(3).orElseThrow().text(), ledger.verifierKey()))
                    .isInstanceOf(ReceiptVerifier.Verification.Verified.class);
        }
    }

    @Test
    void findsEveryReceiptGivenOutByAProcessThatWasKilled() throws Exception {
        int kills = Integer.getInteger("ledger.kills", 10);
        SplittableRandom random = new SplittableRandom(11);
        List<Receipt> given = new ArrayList<>();
        for (int kill = 0; kill < kills; kill++) {
            Process child = child();
            int wanted = random.nextInt(1, 120);
            try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
                int seen = 0;
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("RECEIPT ")) {
                        decoded(line).ifPresent(given::add);
                        if (++seen == wanted) {
                            // SIGKILL; what the child printed before dying is still read to the end.
                            child.toHandle().destroyForcibly();
                        }
                    } else {
                        assertThat(line).startsWith("READY ");
                    }
                }
                assertThat(seen).isGreaterThanOrEqualTo(wanted);
            }
            assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
            try (Ledger ledger = LedgerFixture.open(LedgerFixture.ring(scratch), scratch.resolve("data/ledger"))) {
                assertHoldsAll(ledger, given);
            }
        }
        assertThat(given).hasSizeGreaterThanOrEqualTo(kills);
    }

    @Test
    void refusesEveryoneWhenTheDiskIsFull() throws Exception {
        // A real failure to write without a disk to fill: the shell limits the size of files to 64 KiB.
        Process child = new ProcessBuilder(command("ulimit -f 64; exec \"$0\" \"$@\"", javaCommand()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<Receipt> given = new ArrayList<>();
        int refused = 0;
        try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("RECEIPT ")) {
                    decoded(line).ifPresent(given::add);
                } else if (line.equals("UNAVAILABLE LEDGER_WRITE_FAILED")) {
                    refused++;
                }
            }
        }
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(refused).isEqualTo(8);
        assertThat(given).isNotEmpty();
        try (Ledger ledger = LedgerFixture.open(LedgerFixture.ring(scratch), scratch.resolve("data/ledger"))) {
            assertHoldsAll(ledger, given);
            ledger.record("x", LedgerFixture.record("after"));
        }
    }

    private static void assertHoldsAll(Ledger ledger, List<Receipt> given) throws LedgerUnavailableException {
        for (Receipt receipt : given) {
            assertThat(ReceiptVerifier.verify(receipt.text(), ledger.verifierKey()))
                    .isInstanceOf(ReceiptVerifier.Verification.Verified.class);
            assertThat(ledger.reader().find(receipt.record().traceId()))
                    .containsExactly(new LedgerReader.Entry(receipt.index(), receipt.record()));
            Checkpoint then = SignedNote.parse(receipt.checkpoint())
                    .flatMap(note -> Checkpoint.parse(note.text()))
                    .orElseThrow();
            Checkpoint now = ledger.reader().checkpoint();
            assertThat(MerkleProof.consistent(
                            then.size(),
                            now.size(),
                            ledger.reader().consistency(then.size(), now.size()),
                            then.root(),
                            now.root()))
                    .isTrue();
        }
    }

    private static java.util.Optional<Receipt> decoded(String line) {
        try {
            byte[] text = Base64.getDecoder().decode(line.substring("RECEIPT ".length()));
            return Receipt.parse(new String(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            // The last line of a killed process may be cut off.
            return java.util.Optional.empty();
        }
    }

    private Process child() throws IOException {
        return new ProcessBuilder(javaCommand())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private List<String> javaCommand() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                RecordingChild.class.getName(),
                scratch.resolve("keys").toString(),
                scratch.resolve("data").toString());
    }

    private static List<String> command(String script, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("bash", "-c", script));
        command.addAll(arguments);
        return command;
    }

    private int copies;

    private Path fresh(Path from) throws IOException {
        Path folder = scratch.resolve("data/copy-" + copies++);
        LedgerFixture.copy(from, folder);
        return folder;
    }

    private static void refusesAsDamaged(KeyRing ring, Path folder, String what) {
        assertThatThrownBy(() -> LedgerFixture.open(ring, folder).close())
                .as(what)
                .isInstanceOfSatisfying(
                        LedgerUnavailableException.class,
                        e -> assertThat(e.refusal().reason())
                                .as(what)
                                .isIn(LedgerReason.LEDGER_DAMAGED, LedgerReason.LEDGER_OF_ANOTHER_KEY));
    }

    @Test
    void survivesOneTornSlotOfTheNoteAndRefusesTwo() throws Exception {
        Crashed crashed = crashed();
        for (int slot = 0; slot < 2; slot++) {
            Path folder = fresh(crashed.after());
            scribble(folder.resolve("acknowledged"), slot * 4096L);
            LedgerFixture.open(crashed.ring(), folder).close();
        }
        Path folder = fresh(crashed.after());
        scribble(folder.resolve("acknowledged"), 0);
        scribble(folder.resolve("acknowledged"), 4096);
        refusesAsDamaged(crashed.ring(), folder, "both slots");
    }

    private static void scribble(Path file, long at) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9}), at);
        }
    }
}
