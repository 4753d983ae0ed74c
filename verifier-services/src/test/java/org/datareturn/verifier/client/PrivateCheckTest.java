package org.datareturn.verifier.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.datareturn.verifier.oprf.KeyPair;
import org.datareturn.verifier.oprf.Mode;
import org.datareturn.verifier.oprf.OprfException;
import org.datareturn.verifier.oprf.OprfServer;
import org.datareturn.verifier.privatecheck.AnswerTable;
import org.datareturn.verifier.privatecheck.EpochKeys;
import org.datareturn.verifier.privatecheck.EvaluatedBatch;
import org.datareturn.verifier.privatecheck.OpenEpoch;
import org.datareturn.verifier.privatecheck.PrivateAnswer;
import org.datareturn.verifier.privatecheck.PrivateCheckOutcome;
import org.datareturn.verifier.privatecheck.PrivateCheckService;
import org.datareturn.verifier.privatecheck.PrivateItem;
import org.datareturn.verifier.privatecheck.PrivateTown;
import org.datareturn.verifier.privatecheck.PrivateTown.Person;
import org.datareturn.verifier.privatecheck.RowKeys;
import org.datareturn.verifier.privatecheck.TalliedQuota;
import org.datareturn.verifier.probing.InProcessProbeMemory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Agency and service in one process, 1,000 persons on the list, and what each of the two got to see. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrivateCheckTest {
    private static final int RIGHT = 600;
    private static final int WRONG_NAME = 200;
    private static final int STRANGERS = 200;
    private static final int LISTED = RIGHT + WRONG_NAME + STRANGERS;

    private final SecureRandom random = new SecureRandom();
    private final List<Person> registered = PrivateTown.persons(1_000, 1);
    private final List<Person> listed = listed();
    private final OpenEpoch epoch =
            PrivateTown.epoch(PrivateTown.keys(), PrivateTown.scope("grant-1", "2026-11"), registered, 100_000);
    private final PrivateCheckService service =
            new PrivateCheckService(new TalliedQuota(new InProcessProbeMemory()), random);
    private final PrivateCheckClient client = new PrivateCheckClient(epoch.published(), random);

    private byte[] table = new byte[0];
    private Run first = new Run(List.of(), List.of(), new FinalisedBatch(List.of()));
    private Run second = first;

    /** All that went over the wire in one run, and what the agency has made of it. */
    private record Run(List<byte[]> sent, List<byte[]> received, FinalisedBatch finalised) {}

    @BeforeAll
    void askTwice() throws PrivateCheckException, IOException {
        service.open(epoch);
        table = PrivateTown.download(epoch.table());
        first = run(PrivateTown.items(listed));
        second = run(PrivateTown.items(listed));
    }

    private List<Person> listed() {
        List<Person> list = new ArrayList<>(registered.subList(0, RIGHT));
        registered.subList(RIGHT, RIGHT + WRONG_NAME).forEach(person -> list.add(person.named(person.name() + "然")));
        list.addAll(PrivateTown.persons(STRANGERS, 2));
        return list;
    }

    private Run run(List<PrivateItem> items) throws PrivateCheckException {
        BlindedBatch blinded = client.blind(items);
        EvaluatedBatch evaluated = evaluated(blinded.elements());
        return new Run(
                blinded.elements(),
                evaluated.elements(),
                client.finalise(blinded, evaluated.elements(), evaluated.proof()));
    }

    private EvaluatedBatch evaluated(List<byte[]> elements) {
        return switch (service.evaluate(PrivateTown.call("grant-1"), "2026-11", elements)) {
            case PrivateCheckOutcome.Evaluated done -> done.batch();
            case PrivateCheckOutcome.Refused refused -> throw new AssertionError(refused.refusal());
        };
    }

    @Test
    void answersEveryItemRightly() throws PrivateCheckException, IOException {
        for (Run run : List.of(first, second)) {
            List<PrivateAnswer> answers = client.lookUp(run.finalised(), new ByteArrayInputStream(table));
            assertThat(answers).hasSize(LISTED);
            assertThat(answers.subList(0, RIGHT)).containsOnly(PrivateAnswer.YES);
            assertThat(answers.subList(RIGHT, RIGHT + WRONG_NAME)).containsOnly(PrivateAnswer.NO);
            assertThat(answers.subList(RIGHT + WRONG_NAME, LISTED)).containsOnly(PrivateAnswer.NO);
        }
    }

    @Test
    void twoRunsOfOneListShareNoByteStrings() {
        Set<Long> eightBytes = windows(first.sent());
        assertThat(eightBytes).hasSize(LISTED * 25);
        assertThat(Collections.disjoint(windows(second.sent()), eightBytes)).isTrue();
        assertThat(Collections.disjoint(windows(second.received()), windows(first.received())))
                .isTrue();
    }

    /** Every stretch of eight bytes behind the form byte; by chance two in 25,000 × 25,000 meet once in 10¹⁰ runs. */
    private static Set<Long> windows(List<byte[]> elements) {
        Set<Long> windows = new HashSet<>();
        for (byte[] element : elements) {
            for (int at = 1; at + Long.BYTES <= element.length; at++) {
                windows.add(ByteBuffer.wrap(element).getLong(at));
            }
        }
        return windows;
    }

    @Test
    void theServiceSeesPointsThatLookUniformWhateverTheListIs() throws PrivateCheckException {
        List<PrivateItem> oneItemOver =
                Collections.nCopies(LISTED, listed.getFirst().item());
        for (List<byte[]> sent :
                List.of(first.sent(), second.sent(), client.blind(oneItemOver).elements())) {
            assertThat(sent)
                    .hasSize(LISTED)
                    .allSatisfy(element -> assertThat(element).hasSize(33));
            assertThat(Set.copyOf(sent.stream().map(ByteBuffer::wrap).toList())).hasSize(LISTED);
            int[] counts = new int[256];
            int odd = 0;
            for (byte[] element : sent) {
                odd += element[0] - 2;
                // The topmost four bytes of a coordinate are not quite uniform: the field's prime begins
                // ffffffff00000001.
                for (int at = 5; at < element.length; at++) {
                    counts[element[at] & 0xFF]++;
                }
            }
            double expected = LISTED * 28 / 256.0;
            double chiSquare = Arrays.stream(counts)
                    .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                    .sum();
            // 255 degrees of freedom: mean 255, deviation 22.6; eight deviations are never met by chance.
            assertThat(chiSquare).isBetween(255 - 8 * 22.6, 255 + 8 * 22.6);
            assertThat(odd).isBetween(LISTED / 2 - 8 * 16, LISTED / 2 + 8 * 16);
        }
    }

    @Test
    void nothingOfAnItemIsOnTheWire() {
        String wire = new String(concatenated(first.sent()), StandardCharsets.ISO_8859_1)
                + new String(concatenated(first.received()), StandardCharsets.ISO_8859_1)
                + new String(table, StandardCharsets.ISO_8859_1);
        for (Person person : listed) {
            assertThat(wire.contains(person.idNumber())).isFalse();
            String name = new String(person.name().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            assertThat(wire.contains(name)).isFalse();
        }
    }

    private static byte[] concatenated(List<byte[]> parts) {
        ByteBuffer all =
                ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
        parts.forEach(all::put);
        return all.array();
    }

    /** Of a table with 1,000 entries the agency opens the 600 it listed rightly, by label or by trying every key it has. */
    @Test
    void theAgencyOpensNoRowOfAnItemItDidNotHaveEvaluated() {
        Set<ByteBuffer> labels = new HashSet<>();
        first.finalised().rows().forEach(row -> labels.add(row.label()));
        List<byte[]> others = new ArrayList<>();
        int own = 0;
        for (byte[] row : rows()) {
            if (labels.contains(ByteBuffer.wrap(row, 0, RowKeys.LABEL_BYTES))) {
                own++;
            } else {
                others.add(Arrays.copyOfRange(row, RowKeys.LABEL_BYTES, row.length));
            }
        }
        assertThat(own).isEqualTo(RIGHT);
        assertThat(others).hasSizeGreaterThanOrEqualTo(1_000 - RIGHT);
        for (byte[] sealed : others.subList(0, 40)) {
            for (RowKeys keys : first.finalised().rows()) {
                assertThat(keys.open(sealed)).isEqualTo(PrivateAnswer.NO);
            }
        }
    }

    /** Who knows an item and all that is public, but had it not evaluated, cannot tell whether it has a row. */
    @Test
    void knowingAnItemIsNotEnoughToFindItsRow() throws OprfException {
        List<byte[]> notEvaluated = PrivateTown.items(registered.subList(RIGHT, RIGHT + 50)).stream()
                .map(PrivateItem::plainBytes)
                .toList();
        Set<ByteBuffer> labels = new HashSet<>();
        rows().forEach(row -> labels.add(ByteBuffer.wrap(row, 0, RowKeys.LABEL_BYTES)));
        OprfServer guessed = AnotherNode.server();
        for (byte[] output : guessed.outputs(notEvaluated)) {
            assertThat(labels)
                    .doesNotContain(
                            RowKeys.derive(output, epoch.published().edition()).label());
        }
    }

    @Test
    void tablesOfOtherEditionsGrantsAndEpochsHaveNoLabelInCommon() throws IOException {
        EpochKeys keys = PrivateTown.keys();
        List<Person> some = registered.subList(0, 100);
        Set<ByteBuffer> labels = new HashSet<>();
        int rows = 0;
        for (OpenEpoch each : List.of(
                PrivateTown.epoch(keys, PrivateTown.scope("grant-1", "2026-11"), some, 1),
                PrivateTown.epoch(keys, PrivateTown.scope("grant-1", "2026-11"), some, 1),
                PrivateTown.epoch(keys, PrivateTown.scope("grant-2", "2026-11"), some, 1),
                PrivateTown.epoch(keys, PrivateTown.scope("grant-1", "2026-12"), some, 1))) {
            for (byte[] row : rowsOf(PrivateTown.download(each.table()))) {
                labels.add(ByteBuffer.wrap(row, 0, RowKeys.LABEL_BYTES));
                rows++;
            }
        }
        assertThat(labels).hasSize(rows);
    }

    private List<byte[]> rows() {
        return rowsOf(table);
    }

    private static List<byte[]> rowsOf(byte[] table) {
        List<byte[]> rows = new ArrayList<>();
        int start = AnswerTable.tag().length + AnswerTable.EDITION_BYTES + Long.BYTES;
        for (int at = start; at < table.length; at += AnswerTable.ROW_BYTES) {
            rows.add(Arrays.copyOfRange(table, at, at + AnswerTable.ROW_BYTES));
        }
        return rows;
    }

    /** A key that is not this node's. */
    private static final class AnotherNode {
        static OprfServer server() throws OprfException {
            byte[] seed = new byte[KeyPair.SEED_BYTES];
            new SecureRandom().nextBytes(seed);
            return new OprfServer(KeyPair.derive(Mode.VOPRF, seed, new byte[0]));
        }
    }
}
