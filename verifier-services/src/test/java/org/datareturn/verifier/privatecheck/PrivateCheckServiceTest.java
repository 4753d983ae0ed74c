package org.datareturn.verifier.privatecheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.datareturn.policy.AuthorisedCall;
import org.datareturn.policy.Refusal;
import org.datareturn.verifier.oprf.BlindedInput;
import org.datareturn.verifier.oprf.Mode;
import org.datareturn.verifier.oprf.OprfException;
import org.datareturn.verifier.privatecheck.PrivateTown.Person;
import org.datareturn.verifier.probing.InProcessProbeMemory;
import org.datareturn.verifier.reason.VerifierReason;
import org.junit.jupiter.api.Test;

class PrivateCheckServiceTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final List<Person> PERSONS = PrivateTown.persons(5, 4);
    private static final long QUOTA = 10;

    private final EpochKeys keys = PrivateTown.keys();
    private final TalliedQuota quota = new TalliedQuota(new InProcessProbeMemory());
    private final PrivateCheckService service = new PrivateCheckService(quota, RANDOM);
    private final OpenEpoch epoch = PrivateTown.epoch(keys, PrivateTown.scope("grant-1", "2026-11"), PERSONS, QUOTA);

    PrivateCheckServiceTest() {
        service.open(epoch);
    }

    @Test
    void refusesMalformedBatchesWithoutCountingThem() {
        byte[] good = blinded(1).getFirst();
        byte[] form = good.clone();
        form[0] = 4;
        byte[] beyond = new byte[33];
        Arrays.fill(beyond, (byte) 0xFF);
        beyond[0] = 2;
        for (byte[] bad : List.of(
                new byte[0],
                new byte[1],
                new byte[33],
                form,
                beyond,
                Arrays.copyOf(good, 32),
                Arrays.copyOf(good, 65))) {
            assertThat(refused(call(), "2026-11", List.of(good, bad))).isEqualTo(VerifierReason.PRIVATE_ELEMENT);
        }
        assertThat(refused(call(), "2026-11", List.of())).isEqualTo(VerifierReason.PRIVATE_BATCH_SIZE);
        assertThat(refused(call(), "2026-11", Collections.nCopies(65_536, good)))
                .isEqualTo(VerifierReason.PRIVATE_BATCH_SIZE);
        assertThat(evaluated(blinded(1)).quotaLeft()).isEqualTo(QUOTA - 1);
    }

    @Test
    void aRefusalNamesTheElementAndNothingOfIt() {
        byte[] bad = new byte[33];
        PrivateCheckOutcome outcome =
                service.evaluate(call(), "2026-11", List.of(blinded(1).getFirst(), bad));
        assertThat(outcome).isInstanceOfSatisfying(PrivateCheckOutcome.Refused.class, refused -> {
            assertThat(refused.refusal().messageEn())
                    .isEqualTo("Element 2 of the batch is not a valid point of the curve.");
            assertThat(refused.refusal().messageZh()).contains("第 2 个");
        });
    }

    @Test
    void answersOnlyUnderAGrantThatCoversTheProductAndItsFields() {
        List<byte[]> batch = blinded(1);
        Set<String> fields = PrivateTown.FIELDS;
        Set<String> products = Set.of(PrivateTown.PRODUCT);
        assertThat(refused(PrivateTown.call("grant-2"), "2026-11", batch))
                .isEqualTo(VerifierReason.PRIVATE_EPOCH_NOT_OPEN);
        assertThat(refused(PrivateTown.call("grant-1", Set.of("other"), fields, fields), "2026-11", batch))
                .isEqualTo(VerifierReason.GRANT_LACKS_PRODUCT);
        assertThat(refused(PrivateTown.call("grant-1", products, Set.of("name"), fields), "2026-11", batch))
                .isEqualTo(VerifierReason.GRANT_LACKS_FIELD);
        assertThat(refused(PrivateTown.call("grant-1", products, fields, Set.of("name")), "2026-11", batch))
                .isEqualTo(VerifierReason.CALL_NOT_FOR_REQUEST);
        assertThat(service.epoch(PrivateTown.call("grant-2"), "2026-11")).isEmpty();
        assertThat(service.epoch(PrivateTown.call("grant-1", products, Set.of("name"), fields), "2026-11"))
                .isEmpty();
        assertThat(service.epoch(call(), "2026-11")).contains(epoch);
    }

    @Test
    void answersOnlyInAnOpenEpoch() {
        assertThat(refused(call(), "2026-12", blinded(1))).isEqualTo(VerifierReason.PRIVATE_EPOCH_NOT_OPEN);
        service.close(epoch.published());
        assertThat(refused(call(), "2026-11", blinded(1))).isEqualTo(VerifierReason.PRIVATE_EPOCH_NOT_OPEN);
    }

    @Test
    void countsEvaluationsPerGrantAndEpochOverTablesAndBatches() {
        assertThat(evaluated(blinded(7)).quotaLeft()).isEqualTo(3);
        assertThat(refused(call(), "2026-11", blinded(4))).isEqualTo(VerifierReason.PRIVATE_QUOTA_USED_UP);
        service.open(PrivateTown.epoch(keys, PrivateTown.scope("grant-1", "2026-11"), PERSONS, QUOTA));
        assertThat(evaluated(blinded(3)).quotaLeft()).isZero();
        assertThat(refused(call(), "2026-11", blinded(1))).isEqualTo(VerifierReason.PRIVATE_QUOTA_USED_UP);

        service.open(PrivateTown.epoch(keys, PrivateTown.scope("grant-1", "2026-12"), PERSONS, QUOTA));
        assertThat(service.evaluate(call(), "2026-12", blinded(10))).isInstanceOf(PrivateCheckOutcome.Evaluated.class);
        assertThat(refused(call(), "2026-11", blinded(1))).isEqualTo(VerifierReason.PRIVATE_QUOTA_USED_UP);
    }

    @Test
    void simultaneousBatchesCannotShareTheLastEvaluations() throws InterruptedException {
        AtomicInteger granted = new AtomicInteger();
        List<Thread> threads = IntStream.range(0, 8)
                .mapToObj(i -> Thread.ofVirtual().start(() -> {
                    if (quota.reserve(epoch.published().scope(), 3, QUOTA)
                            instanceof EvaluationQuota.Reservation.Reserved) {
                        granted.incrementAndGet();
                    }
                }))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(granted).hasValue(3);
    }

    @Test
    void theCommitmentBindsEpochNumberOrderAndEveryElement() {
        List<byte[]> batch = blinded(3);
        byte[] commitment = evaluated(batch).commitment();
        assertThat(commitment).hasSize(32).isEqualTo(BatchCommitment.of(epoch.published(), batch));
        List<byte[]> turned = new ArrayList<>(batch);
        Collections.reverse(turned);
        List<byte[]> other = new ArrayList<>(batch);
        other.set(1, blinded(1).getFirst());
        OpenEpoch later = PrivateTown.epoch(keys, PrivateTown.scope("grant-1", "2026-12"), PERSONS, QUOTA);
        assertThat(List.of(
                        BatchCommitment.of(epoch.published(), turned),
                        BatchCommitment.of(epoch.published(), other),
                        BatchCommitment.of(epoch.published(), batch.subList(0, 2)),
                        BatchCommitment.of(later.published(), batch)))
                .doesNotContain(commitment)
                .extracting(HexFormat.of()::formatHex)
                .doesNotHaveDuplicates();
    }

    @Test
    void keysAreTheSameOnEveryServerAndOthersForEveryScope() {
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        EpochScope scope = PrivateTown.scope("grant-1", "2026-11");
        assertThat(new EpochKeys(secret).of(scope).publicKey())
                .isEqualTo(new EpochKeys(secret.clone()).of(scope).publicKey());
        EpochKeys keysOfNode = new EpochKeys(secret);
        assertThat(List.of(
                        scope,
                        PrivateTown.scope("grant-1", "2026-12"),
                        PrivateTown.scope("grant-12026-1", "1"),
                        PrivateTown.scope("grant-2", "2026-11"),
                        new EpochScope("marriage", "grant-1", "2026-11")))
                .extracting(each ->
                        HexFormat.of().formatHex(keysOfNode.of(each).publicKey().encode()))
                .doesNotHaveDuplicates();
        assertThatThrownBy(() -> new EpochKeys(new byte[31])).hasMessageContaining("had 31");
        assertThatThrownBy(() -> PrivateTown.scope("grant\n1", "2026-11")).isInstanceOf(IllegalArgumentException.class);
    }

    /** The table of 40 entries that say yes is as long as that of 40 that say no, or of 20 each and some twice. */
    @Test
    void theTableTellsNothingOfItsAnswers() {
        List<Person> persons = PrivateTown.persons(80, 5);
        List<PrivateEntry> yes = new ArrayList<>();
        List<PrivateEntry> no = new ArrayList<>();
        List<PrivateEntry> twice = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            PrivateItem item = persons.get(i).item();
            yes.add(new PrivateEntry(item, PrivateAnswer.YES));
            no.add(new PrivateEntry(item, PrivateAnswer.NO));
            twice.add(new PrivateEntry(persons.get(i / 2).item(), PrivateAnswer.YES));
        }
        for (List<PrivateEntry> entries : List.of(yes, no, twice)) {
            OpenEpoch made = PrivateTown.epochOf(keys, PrivateTown.scope("grant-1", "2026-11"), entries, QUOTA);
            assertThat(made.published().rows())
                    .isEqualTo(TableBuilder.padded(80))
                    .isEqualTo(80);
        }
    }

    @Test
    void roundsTheNumberOfRowsUpByASixteenthAtMost() {
        assertThat(TableBuilder.padded(0)).isEqualTo(64);
        assertThat(TableBuilder.padded(64)).isEqualTo(64);
        assertThat(TableBuilder.padded(20_000_001)).isEqualTo(20_971_520);
        for (int entries = 65; entries < 3_000_000; entries = entries * 17 / 16 + 1) {
            int rows = TableBuilder.padded(entries);
            assertThat(rows).isBetween(entries, entries + entries / 16 + 1);
            assertThat(Integer.bitCount(rows)).isLessThanOrEqualTo(5);
        }
    }

    @Test
    void refusesProductsWhoseYesATableCannotKnow() {
        for (String product : List.of("minimum-age", "not-on-list", "licence-valid", "residence-in-region")) {
            assertThat(OpenEpoch.unsuited(PrivateTown.product(product)))
                    .as(product)
                    .hasValueSatisfying(
                            refusal -> assertThat(refusal.reason()).isEqualTo(VerifierReason.PRIVATE_PRODUCT_UNSUITED));
        }
        assertThat(OpenEpoch.unsuited(PrivateTown.product(PrivateTown.PRODUCT))).isEmpty();
    }

    @Test
    void itemsAreEqualExactlyWhenTheirNormalValuesAre() {
        Person person = new Person(PERSONS.getFirst().idNumber(), "阿依古丽·买买提");
        assertThat(person.named(" 阿依古丽•买买提 ").item()).isEqualTo(person.item());
        assertThat(person.named("阿依古丽买买提").item()).isNotEqualTo(person.item());
        assertThat(person.item().toString()).doesNotContain(person.name());
    }

    @Test
    void malformedItemsAreFoundBeforeAnythingIsSent() {
        String number = PERSONS.getFirst().idNumber();
        assertThat(PrivateTown.reader().read(Map.of("id_number", number)))
                .isEqualTo(malformed(VerifierReason.FIELD_MISSING, "name"));
        assertThat(PrivateTown.reader().read(Map.of("id_number", "1", "name", "王伟")))
                .isEqualTo(malformed(VerifierReason.ID_NUMBER_LENGTH, "id_number"));
        assertThat(PrivateTown.reader().read(Map.of("id_number", number, "name", "王伟", "sex", "1")))
                .isEqualTo(malformed(VerifierReason.FIELD_UNEXPECTED, "?"));
    }

    private static ItemReading malformed(VerifierReason reason, String field) {
        return new ItemReading.Malformed(Refusal.of(reason, field));
    }

    private static AuthorisedCall call() {
        return PrivateTown.call("grant-1");
    }

    private EvaluatedBatch evaluated(List<byte[]> batch) {
        return switch (service.evaluate(call(), "2026-11", batch)) {
            case PrivateCheckOutcome.Evaluated done -> done.batch();
            case PrivateCheckOutcome.Refused refused -> throw new AssertionError(refused.refusal());
        };
    }

    private VerifierReason refused(AuthorisedCall call, String name, List<byte[]> batch) {
        return switch (service.evaluate(call, name, batch)) {
            case PrivateCheckOutcome.Evaluated done -> throw new AssertionError("evaluated " + done);
            case PrivateCheckOutcome.Refused(Refusal refusal) -> (VerifierReason) refusal.reason();
        };
    }

    private static List<byte[]> blinded(int count) {
        List<byte[]> inputs =
                IntStream.range(0, count).mapToObj(i -> new byte[] {(byte) i}).toList();
        try {
            return BlindedInput.blind(Mode.VOPRF, inputs, RANDOM).stream()
                    .map(input -> input.element().encode())
                    .toList();
        } catch (OprfException e) {
            throw new AssertionError(e);
        }
    }
}
