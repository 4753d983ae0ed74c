package org.datareturn.sandbox.wholeroad;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.StatusRuntimeException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.datareturn.proto.v1.Purpose;
import org.datareturn.proto.v1.Record;
import org.datareturn.proto.v1.VerificationAnswer;
import org.datareturn.proto.v1.VerifyRequest;
import org.datareturn.proto.v1.VerifyResponse;
import org.datareturn.sandbox.cli.client.Applying;
import org.datareturn.sandbox.cli.client.NodeClient;
import org.datareturn.sandbox.ledger.Checkpoint;
import org.datareturn.sandbox.ledger.LedgerReader;
import org.datareturn.sandbox.ledger.MerkleProof;
import org.datareturn.sandbox.ledger.Receipt;
import org.datareturn.sandbox.ledger.ReceiptVerifier;
import org.datareturn.sandbox.ledger.ReceiptVerifier.Verification;
import org.datareturn.sandbox.ledger.TraceId;
import org.datareturn.sandbox.ledger.VerifierKey;
import org.datareturn.sandbox.node.NodeStores;
import org.datareturn.sandbox.province.Person;
import org.datareturn.sandbox.province.SyntheticProvince;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * SIGKILL under load, again and again: whatever was answered is in the record. {@code -Droad.kills=N} sets how often,
 * {@code -Droad.seed=N} when.
 */
class KillIT {
    private static final int CLIENTS = 32;
    private static final int CHANNELS = 4;
    private static final int PERSONS = 500;
    /** Load before a kill: so many answers, then so many more milliseconds at most. */
    private static final int ANSWERS_FIRST = CLIENTS;

    private static final int LONGEST_MILLIS = 1500;

    @Test
    void everyAnsweredCallIsInTheRecordHoweverOftenTheNodeIsKilled(TestReporter report) throws Exception {
        int kills = Integer.getInteger("road.kills", 5);
        SplittableRandom moments = new SplittableRandom(Long.getLong("road.seed", 20261121));
        SyntheticProvince province = SyntheticProvince.generate(NodeProcess.SEED, PERSONS);
        try (NodeProcess node = NodeProcess.start(PERSONS)) {
            VerifierKey key = node.verifierKey();
            String grant = Papers.grant(node, Applying.IDENTITY_CHECK, "county-applicant");
            List<Record> answered = new ArrayList<>();
            for (int kill = 0; kill < kills; kill++) {
                List<Record> kept = loadUntilKilled(node, province, grant, moments);
                assertThat(kept).as("answers before kill %d", kill).hasSizeGreaterThanOrEqualTo(ANSWERS_FIRST);
                answered.addAll(kept);
                node.restart();
                assertThat(node.verifierKey()).hasToString(key.toString());
            }
            node.stop();
            holdToRecord(node, key, answered);
            report.publishEntry(
                    Map.of("kills", Integer.toString(kills), "answered", Integer.toString(answered.size())));
        }
    }

    private static List<Record> loadUntilKilled(
            NodeProcess node, SyntheticProvince province, String grant, SplittableRandom moments) throws Exception {
        Queue<Record> kept = new ConcurrentLinkedQueue<>();
        AtomicBoolean over = new AtomicBoolean();
        CountDownLatch underLoad = new CountDownLatch(ANSWERS_FIRST);
        List<NodeClient> clients = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CHANNELS; i++) {
                clients.add(node.as("county-operator"));
            }
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                NodeClient client = clients.get(i % CHANNELS);
                int first = i;
                running.add(callers.submit(() -> check(client, province, grant, first, over, kept, underLoad)));
            }
            assertThat(underLoad.await(120, TimeUnit.SECONDS))
                    .as("the node answers under load")
                    .isTrue();
            CompletableFuture.runAsync(
                            () -> {},
                            CompletableFuture.delayedExecutor(moments.nextInt(LONGEST_MILLIS), TimeUnit.MILLISECONDS))
                    .get();
            node.kill();
            over.set(true);
            for (Future<?> one : running) {
                one.get(90, TimeUnit.SECONDS);
            }
        } finally {
            clients.forEach(NodeClient::close);
        }
        return List.copyOf(kept);
    }

    /** Checks one person after the other until the node is gone. Only a call that was answered leaves anything here. */
    private static void check(
            NodeClient client,
            SyntheticProvince province,
            String grant,
            int first,
            AtomicBoolean over,
            Queue<Record> kept,
            CountDownLatch underLoad) {
        for (int i = first; !over.get(); i += CLIENTS) {
            Person person = province.personAt(i % province.size());
            VerifyResponse answer;
            try {
                answer = client.verification()
                        .verify(VerifyRequest.newBuilder()
                                .setGrantId(grant)
                                .setProduct("identity-check")
                                .putFields("id_number", person.idNumber())
                                .putFields("name", person.name())
                                .setPurpose(Purpose.PURPOSE_ADMINISTRATIVE_BASIS)
                                .setRegion("370812")
                                .build());
            } catch (StatusRuntimeException e) {
                if (NodeClient.refusal(e).isPresent()) {
                    throw new AssertionError("a good call was refused, not broken off", e);
                }
                // Not answered: the node is being killed. Nothing was promised about this call.
                return;
            }
            kept.add(answer.getRecord());
            assertThat(answer.getAnswer()).isEqualTo(VerificationAnswer.VERIFICATION_ANSWER_MATCH);
            underLoad.countDown();
        }
    }

    /** Opens the folder the node left behind and looks every answered call up. */
    private static void holdToRecord(NodeProcess node, VerifierKey key, List<Record> answered) throws Exception {
        Map<Long, Checkpoint> stated = new HashMap<>();
        try (NodeStores stores = NodeStores.open(node.options(), Clock.system(ZoneId.systemDefault()))) {
            LedgerReader reader = stores.ledger().reader();
            Checkpoint last = reader.checkpoint();
            for (Record record : answered) {
                Verification verification = ReceiptVerifier.verify(record.getReceipt(), key);
                assertThat(verification).isInstanceOf(Verification.Verified.class);
                Checkpoint then = ((Verification.Verified) verification).checkpoint();
                Checkpoint other = stated.put(then.size(), then);
                assertThat(other == null || other.equals(then))
                        .as("one root for size %d", then.size())
                        .isTrue();
                assertThat(reader.find(new TraceId(record.getTraceId())))
                        .as("the answered call %s", record.getTraceId())
                        .singleElement()
                        .satisfies(entry -> {
                            assertThat(entry.index()).isEqualTo(record.getLedgerIndex());
                            assertThat(entry.record())
                                    .isEqualTo(Receipt.parse(record.getReceipt())
                                            .orElseThrow()
                                            .record());
                        });
            }
            for (Checkpoint then : stated.values()) {
                assertThat(MerkleProof.consistent(
                                then.size(),
                                last.size(),
                                reader.consistency(then.size(), last.size()),
                                then.root(),
                                last.root()))
                        .as("the log of %d entries is a beginning of that of %d", then.size(), last.size())
                        .isTrue();
            }
        }
    }
}
