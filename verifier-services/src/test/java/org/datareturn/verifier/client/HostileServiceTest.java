package org.datareturn.verifier.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.datareturn.verifier.privatecheck.AnswerTable;
import org.datareturn.verifier.privatecheck.EvaluatedBatch;
import org.datareturn.verifier.privatecheck.OpenEpoch;
import org.datareturn.verifier.privatecheck.PrivateAnswer;
import org.datareturn.verifier.privatecheck.PrivateCheckOutcome;
import org.datareturn.verifier.privatecheck.PrivateCheckService;
import org.datareturn.verifier.privatecheck.PrivateTown;
import org.datareturn.verifier.privatecheck.PrivateTown.Person;
import org.datareturn.verifier.privatecheck.PublishedEpoch;
import org.datareturn.verifier.privatecheck.TalliedQuota;
import org.datareturn.verifier.probing.InProcessProbeMemory;
import org.datareturn.verifier.reason.VerifierReason;
import org.junit.jupiter.api.Test;

/** What a service might do to learn or to lie, and how the agency's side takes it. */
class HostileServiceTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final List<Person> PERSONS = PrivateTown.persons(8, 3);

    private final OpenEpoch epoch = epoch("grant-1");
    private final PrivateCheckClient client = new PrivateCheckClient(epoch.published(), RANDOM);

    @Test
    void refusesAnswersOfAKeyMadeForItAlone() throws PrivateCheckException {
        BlindedBatch batch = client.blind(PrivateTown.items(PERSONS));
        EvaluatedBatch tagged = evaluate(epoch("grant-2"), "grant-2", batch);
        refuses(VerifierReason.PRIVATE_PROOF_REFUSED, () -> client.finalise(batch, tagged.elements(), tagged.proof()));
    }

    @Test
    void refusesAnswersOfAnotherBatchOrOrder() throws PrivateCheckException {
        BlindedBatch batch = client.blind(PrivateTown.items(PERSONS));
        BlindedBatch other = client.blind(PrivateTown.items(PERSONS));
        EvaluatedBatch ofOther = evaluate(epoch, "grant-1", other);
        refuses(
                VerifierReason.PRIVATE_PROOF_REFUSED,
                () -> client.finalise(batch, ofOther.elements(), ofOther.proof()));
        List<byte[]> turned = new ArrayList<>(ofOther.elements());
        Collections.reverse(turned);
        refuses(VerifierReason.PRIVATE_PROOF_REFUSED, () -> client.finalise(other, turned, ofOther.proof()));
    }

    @Test
    void refusesMalformedAnswers() throws PrivateCheckException {
        BlindedBatch batch = client.blind(PrivateTown.items(PERSONS));
        EvaluatedBatch good = evaluate(epoch, "grant-1", batch);
        for (byte[] bad : List.of(
                new byte[0],
                new byte[1],
                new byte[33],
                Arrays.copyOf(good.elements().get(0), 32))) {
            List<byte[]> elements = new ArrayList<>(good.elements());
            elements.set(3, bad);
            refuses(VerifierReason.PRIVATE_ANSWER_MALFORMED, () -> client.finalise(batch, elements, good.proof()));
        }
        refuses(
                VerifierReason.PRIVATE_ANSWER_MALFORMED,
                () -> client.finalise(batch, good.elements().subList(1, 8), good.proof()));
        refuses(
                VerifierReason.PRIVATE_ANSWER_MALFORMED,
                () -> client.finalise(batch, good.elements(), Arrays.copyOf(good.proof(), 63)));
        byte[] outOfRange = good.proof();
        Arrays.fill(outOfRange, 0, 32, (byte) 0xFF);
        refuses(VerifierReason.PRIVATE_ANSWER_MALFORMED, () -> client.finalise(batch, good.elements(), outOfRange));
    }

    @Test
    void refusesListsThatAreNoBatch() {
        refuses(VerifierReason.PRIVATE_BATCH_SIZE, () -> client.blind(List.of()));
        refuses(
                VerifierReason.PRIVATE_BATCH_SIZE,
                () -> client.blind(
                        Collections.nCopies(65_536, PERSONS.getFirst().item())));
    }

    @Test
    void refusesEveryTableButTheOneAnnounced() throws PrivateCheckException, IOException {
        FinalisedBatch batch = finalised();
        byte[] good = PrivateTown.download(epoch.table());
        for (int at = 0; at < good.length; at += 13) {
            byte[] changed = good.clone();
            changed[at] ^= 0x10;
            refusesTable(batch, changed);
        }
        for (int length : new int[] {0, 7, 20, 31, 32, good.length - 33, good.length - 1, good.length + 1}) {
            refusesTable(batch, Arrays.copyOf(good, length));
        }
        refusesTable(batch, PrivateTown.download(epoch("grant-1").table()));
        assertThat(client.lookUp(batch, new ByteArrayInputStream(good))).containsOnly(PrivateAnswer.YES);
    }

    /** A row spoiled on purpose, in a table announced as it is: to complain would say that the row was looked for. */
    @Test
    void takesASpoiledRowForANoWithoutAWord() throws PrivateCheckException, IOException, NoSuchAlgorithmException {
        byte[] table = PrivateTown.download(epoch.table());
        for (int last = 32 + AnswerTable.ROW_BYTES - 1; last < table.length; last += AnswerTable.ROW_BYTES) {
            table[last] ^= 1;
        }
        PublishedEpoch honest = epoch.published();
        PublishedEpoch spoiled = new PublishedEpoch(
                honest.product(),
                honest.scope(),
                honest.publicKey(),
                honest.editionHex(),
                honest.rows(),
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(table)),
                honest.source());
        List<PrivateAnswer> answers =
                new PrivateCheckClient(spoiled, RANDOM).lookUp(finalised(), new ByteArrayInputStream(table));
        assertThat(answers).hasSize(PERSONS.size()).containsOnly(PrivateAnswer.NO);
        assertThat(spoiled.digest()).isNotEqualTo(honest.digest());
    }

    private FinalisedBatch finalised() throws PrivateCheckException {
        BlindedBatch batch = client.blind(PrivateTown.items(PERSONS));
        EvaluatedBatch evaluated = evaluate(epoch, "grant-1", batch);
        return client.finalise(batch, evaluated.elements(), evaluated.proof());
    }

    private void refusesTable(FinalisedBatch batch, byte[] table) {
        refuses(
                VerifierReason.PRIVATE_TABLE_NOT_ANNOUNCED,
                () -> client.lookUp(batch, new ByteArrayInputStream(table)));
    }

    private static OpenEpoch epoch(String grant) {
        return PrivateTown.epoch(PrivateTown.keys(), PrivateTown.scope(grant, "2026-11"), PERSONS, 1_000);
    }

    private static EvaluatedBatch evaluate(OpenEpoch epoch, String grant, BlindedBatch batch) {
        PrivateCheckService service = new PrivateCheckService(new TalliedQuota(new InProcessProbeMemory()), RANDOM);
        service.open(epoch);
        return switch (service.evaluate(PrivateTown.call(grant), "2026-11", batch.elements())) {
            case PrivateCheckOutcome.Evaluated done -> done.batch();
            case PrivateCheckOutcome.Refused refused -> throw new AssertionError(refused.refusal());
        };
    }

    private static void refuses(VerifierReason reason, ThrowingCallable call) {
        assertThatExceptionOfType(PrivateCheckException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.refusal().reason()).isEqualTo(reason));
    }
}
