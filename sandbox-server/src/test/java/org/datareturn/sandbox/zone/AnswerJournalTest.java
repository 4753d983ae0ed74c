package org.datareturn.sandbox.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.google.crypto.tink.Aead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.datareturn.sandbox.keys.KeyRing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerJournalTest {
    private static final String ZONE = "livelihood";
    private static final List<String> THREE = List.of("first answer", "second reply", "third result");

    @TempDir
    private Path scratch;

    private Path folder;
    private Aead key;

    @BeforeEach
    void threeAnswers() throws Exception {
        key = KeyRing.open(scratch.resolve("keys"), scratch.resolve("data")).records();
        folder = scratch.resolve("data/answers");
        try (AnswerJournal journal = AnswerJournal.open(folder, key, ZONE)) {
            for (String answer : THREE) {
                journal.append(answer.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void givesEveryAnswerBackInOrderAndGrowsOn() throws IOException {
        try (AnswerJournal journal = AnswerJournal.open(folder, key, ZONE)) {
            assertThat(replayed(journal)).isEqualTo(THREE);
            journal.append("fourth".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(replayed()).hasSize(4).endsWith("fourth");
    }

    @Test
    void holdsNothingReadable() throws IOException {
        assertThat(new String(Files.readAllBytes(file()), StandardCharsets.ISO_8859_1))
                .doesNotContain("answer", "reply", "result");
    }

    @Test
    void cutsATornLastFrameOffWhereverItTore() throws IOException {
        byte[] whole = Files.readAllBytes(file());
        int lastFrame = frames(whole).getLast().length;
        for (int cut = 1; cut < lastFrame; cut++) {
            Files.write(file(), Arrays.copyOf(whole, whole.length - cut));
            assertThat(replayed()).as("%d bytes short", cut).isEqualTo(THREE.subList(0, 2));
            assertThat(Files.size(file())).isEqualTo(whole.length - lastFrame);
        }
        try (AnswerJournal journal = AnswerJournal.open(folder, key, ZONE)) {
            replayed(journal);
            journal.append("again".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(replayed()).containsExactly("first answer", "second reply", "again");
    }

    @Test
    void refusesEveryFlippedByteOfACiphertext() throws IOException {
        byte[] whole = Files.readAllBytes(file());
        int at = 0;
        for (byte[] frame : frames(whole)) {
            for (int i = Integer.BYTES; i < frame.length; i++) {
                byte[] flipped = whole.clone();
                flipped[at + i] ^= 1;
                Files.write(file(), flipped);
                assertThatIOException().as("byte %d", at + i).isThrownBy(this::replayed);
                assertThat(Files.size(file())).as("evidence is left as it is").isEqualTo(whole.length);
            }
            at += frame.length;
        }
    }

    @Test
    void refusesFramesSwappedDroppedOrRepeated() throws IOException {
        List<byte[]> frames = frames(Files.readAllBytes(file()));
        for (List<Integer> order : List.of(
                List.of(1, 0, 2),
                List.of(0, 2, 1),
                List.of(1, 2),
                List.of(0, 2),
                List.of(0, 0, 1, 2),
                List.of(0, 1, 1))) {
            Files.write(file(), joined(order.stream().map(frames::get).toList()));
            assertThatIOException().as("%s", order).isThrownBy(this::replayed);
        }
    }

    @Test
    void refusesAnotherZonesJournal() throws IOException {
        Files.copy(file(), folder.resolve("other.journal"));
        try (AnswerJournal other = AnswerJournal.open(folder, key, "other")) {
            assertThatIOException().isThrownBy(() -> replayed(other));
        }
    }

    @Test
    void refusesALengthThatCannotBe() throws IOException {
        for (int length : new int[] {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            byte[] bytes = Files.readAllBytes(file());
            ByteBuffer.wrap(bytes).putInt(length);
            Files.write(file(), bytes);
            assertThatIOException().as("%d", length).isThrownBy(this::replayed);
        }
    }

    private Path file() {
        return folder.resolve(ZONE + ".journal");
    }

    private List<String> replayed() throws IOException {
        try (AnswerJournal journal = AnswerJournal.open(folder, key, ZONE)) {
            return replayed(journal);
        }
    }

    private static List<String> replayed(AnswerJournal journal) throws IOException {
        List<String> entries = new ArrayList<>();
        journal.replay(entry -> entries.add(new String(entry, StandardCharsets.UTF_8)));
        return entries;
    }

    private static List<byte[]> frames(byte[] whole) {
        List<byte[]> frames = new ArrayList<>();
        for (int at = 0; at < whole.length; at += frames.getLast().length) {
            int length =
                    Integer.BYTES + ByteBuffer.wrap(whole, at, Integer.BYTES).getInt();
            frames.add(Arrays.copyOfRange(whole, at, at + length));
        }
        assertThat(frames).hasSize(THREE.size());
        return frames;
    }

    private static byte[] joined(List<byte[]> frames) {
        ByteBuffer all =
                ByteBuffer.allocate(frames.stream().mapToInt(f -> f.length).sum());
        frames.forEach(all::put);
        return all.array();
    }
}
