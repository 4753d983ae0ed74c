package org.datareturn.sandbox.wholeroad;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.datareturn.proto.v1.Purpose;
import org.datareturn.proto.v1.VerificationAnswer;
import org.datareturn.proto.v1.VerifyRequest;
import org.datareturn.proto.v1.VerifyResponse;
import org.datareturn.sandbox.cli.client.Applying;
import org.datareturn.sandbox.cli.client.NodeClient;
import org.datareturn.sandbox.identity.DevelopmentIdentities;
import org.datareturn.sandbox.ledger.LedgerReader;
import org.datareturn.sandbox.ledger.LedgerRecord;
import org.datareturn.sandbox.ledger.LedgerUnavailableException;
import org.datareturn.sandbox.ledger.Receipt;
import org.datareturn.sandbox.node.NodeStartException;
import org.datareturn.sandbox.node.NodeStores;
import org.datareturn.sandbox.province.Person;
import org.datareturn.sandbox.province.SyntheticProvince;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code registry load} in a process of its own while the node serves and calls go on. */
class RegistrySwitchIT {
    private static final int PERSONS = 600;
    /** Those who are asked about, in turn. */
    private static final int ASKED = 120;
    /** Every so-manieth of them has another name in the new edition. */
    private static final int RENAMED_EVERY = 12;

    private static final int CALLERS = 4;
    private static final int CALLS_BEFORE = 200;
    private static final int RENAMED_AFTER = 20;
    private static final String REGION = "370812";
    private static final String OLD = "population/1";
    private static final String NEW = "population/2";

    @TempDir
    Path folder;

    private final SyntheticProvince province = SyntheticProvince.generate(NodeProcess.SEED, PERSONS);

    /**
     * A call that was answered.
     *
     * @param began when it was sent, by {@link System#nanoTime}
     * @param renamed whether the person has another name in the new edition
     * @param byNewName which of the two was asked
     * @param edition the edition its receipt names
     */
    private record Answered(
            long began,
            boolean renamed,
            boolean byNewName,
            VerificationAnswer answer,
            String edition,
            String acquiredOn) {}

    @Test
    void answersEveryCallFromOneEditionOrTheOtherWhileANewOneIsLoaded()
            throws IOException, InterruptedException, ExecutionException, TimeoutException, NodeStartException,
                    LedgerUnavailableException {
        try (NodeProcess node = NodeProcess.start(PERSONS);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String grant = Papers.grant(node, Applying.IDENTITY_CHECK.withPrivateItems(500), "county-applicant");
            assertThat(privately(node, grant, "before.csv", false))
                    .as("private, by old names")
                    .contains("MATCH 10");
            Queue<Answered> answered = new ConcurrentLinkedQueue<>();
            AtomicBoolean over = new AtomicBoolean();
            CountDownLatch before = new CountDownLatch(CALLS_BEFORE);
            CountDownLatch after = new CountDownLatch(RENAMED_AFTER);
            List<Future<?>> callers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                int first = i;
                callers.add(threads.submit(() -> {
                    call(node, grant, first, over, before, after, answered);
                    return true;
                }));
            }
            long loaded;
            try {
                assertThat(before.await(120, TimeUnit.SECONDS))
                        .as("calls go on before")
                        .isTrue();
                PackagedJar.Ran ran = load(node, "identity-check", registry());
                loaded = System.nanoTime();
                assertThat(ran.exit()).as(ran.err()).isZero();
                assertThat(ran.out()).contains("registry " + NEW + ", " + PERSONS + " records");
                assertThat(ran.err()).contains("The node serves", "waiting for the node");
                assertThat(privately(node, grant, "after.csv", true))
                        .as("private, by new names")
                        .contains("MATCH 10");
                assertThat(after.await(120, TimeUnit.SECONDS))
                        .as("calls go on after, by new names")
                        .isTrue();
            } finally {
                over.set(true);
            }
            for (Future<?> caller : callers) {
                caller.get(60, TimeUnit.SECONDS);
            }
            hold(List.copyOf(answered), loaded);
            answersAProductWhoseRegistryWasMissing(node);
            node.stop();
            assertThat(loads(node)).containsExactly("population", "marriages", "population", "dishonesty-list");
        }
    }

    private static void hold(List<Answered> answered, long loaded) {
        assertThat(answered).extracting(Answered::edition).contains(OLD, NEW).containsOnly(OLD, NEW);
        for (Answered one : answered) {
            boolean now = one.edition().equals(NEW);
            boolean known = !one.renamed() || one.byNewName() == now;
            assertThat(one.answer())
                    .as("%s", one)
                    .isEqualTo(
                            known
                                    ? VerificationAnswer.VERIFICATION_ANSWER_MATCH
                                    : VerificationAnswer.VERIFICATION_ANSWER_NO);
            assertThat(one.acquiredOn()).as("%s", one).isEqualTo(now ? "2026-11-01" : "2025-12-31");
            assertThat(now || one.began() - loaded < 0)
                    .as("no call after the load asks the old edition: %s", one)
                    .isTrue();
        }
        assertThat(answered)
                .anyMatch(
                        one -> one.renamed() && one.byNewName() && one.edition().equals(NEW));
        assertThat(answered)
                .anyMatch(one ->
                        one.renamed() && !one.byNewName() && one.edition().equals(OLD));
        assertThat(answered)
                .anyMatch(one ->
                        one.renamed() && !one.byNewName() && one.edition().equals(NEW));
    }

    /** Asks one person after the other; whoever is answered NO has got another name, and is asked by it from then on. */
    private void call(
            NodeProcess node,
            String grant,
            int first,
            AtomicBoolean over,
            CountDownLatch before,
            CountDownLatch after,
            Queue<Answered> answered)
            throws IOException {
        boolean[] byNewName = new boolean[ASKED];
        try (NodeClient client = node.as("county-operator")) {
            for (int i = first; !over.get(); i++) {
                int at = i % ASKED;
                long began = System.nanoTime();
                VerifyResponse answer = client.verification()
                        .verify(VerifyRequest.newBuilder()
                                .setGrantId(grant)
                                .setProduct("identity-check")
                                .putFields("id_number", province.personAt(at).idNumber())
                                .putFields("name", name(at, byNewName[at]))
                                .setPurpose(Purpose.PURPOSE_ADMINISTRATIVE_BASIS)
                                .setRegion(REGION)
                                .build());
                answered.add(new Answered(
                        began,
                        renamed(at),
                        byNewName[at],
                        answer.getAnswer(),
                        Receipt.parse(answer.getRecord().getReceipt())
                                .orElseThrow()
                                .record()
                                .edition()
                                .orElseThrow(),
                        answer.getSource().getAcquiredOn()));
                if (byNewName[at]) {
                    after.countDown();
                }
                byNewName[at] |= answer.getAnswer() == VerificationAnswer.VERIFICATION_ANSWER_NO;
                before.countDown();
            }
        }
    }

    private void answersAProductWhoseRegistryWasMissing(NodeProcess node) throws IOException, InterruptedException {
        Path list = Files.writeString(
                folder.resolve("list.csv"), "id_number\n" + province.personAt(3).idNumber() + "\n");
        PackagedJar.Ran ran = load(node, "not-on-list", list);
        assertThat(ran.exit()).as(ran.err()).isZero();
        String grant = Papers.grant(
                node,
                new Applying(
                        "not-on-list",
                        List.of("id_number"),
                        Applying.Kind.PRODUCT,
                        DevelopmentIdentities.PROVINCIAL_PUBLIC_SECURITY.code(),
                        "province-content-reviewer",
                        "政府采购供应商资格核验",
                        Purpose.PURPOSE_ADMINISTRATIVE_BASIS,
                        "失信名单核验",
                        "list checks",
                        0),
                "county-applicant");
        try (NodeClient client = node.as("county-operator")) {
            for (int at : new int[] {3, 4}) {
                assertThat(client.verification()
                                .verify(VerifyRequest.newBuilder()
                                        .setGrantId(grant)
                                        .setProduct("not-on-list")
                                        .putFields(
                                                "id_number",
                                                province.personAt(at).idNumber())
                                        .setPurpose(Purpose.PURPOSE_ADMINISTRATIVE_BASIS)
                                        .setRegion(REGION)
                                        .build())
                                .getAnswer())
                        .isEqualTo(
                                at == 3
                                        ? VerificationAnswer.VERIFICATION_ANSWER_NO
                                        : VerificationAnswer.VERIFICATION_ANSWER_MATCH);
            }
        }
    }

    private static PackagedJar.Ran load(NodeProcess node, String product, Path csv)
            throws IOException, InterruptedException {
        return PackagedJar.run(
                "registry",
                "load",
                product,
                "--data",
                node.data().toString(),
                "--csv",
                csv.toString(),
                "--acquired",
                "2026-11-01",
                "--base-library",
                "--authority",
                DevelopmentIdentities.PROVINCIAL_DATA_AUTHORITY.code());
    }

    /** What a private check of the renamed persons comes to. */
    private String privately(NodeProcess node, String grant, String file, boolean byNewName)
            throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>(List.of("id_number,name"));
        for (int at = 0; at < ASKED; at += RENAMED_EVERY) {
            lines.add(province.personAt(at).idNumber() + "," + name(at, byNewName));
        }
        PackagedJar.Ran ran = PackagedJar.run(
                "check",
                "--grant",
                grant,
                "--region",
                REGION,
                "--private",
                Files.write(folder.resolve(file), lines).toString(),
                "--out",
                folder.resolve("answers-" + file).toString(),
                "--identities",
                node.identities().toString(),
                "--port",
                Integer.toString(node.port()));
        assertThat(ran.exit()).as(ran.err()).isZero();
        return ran.out();
    }

    private Path registry() throws IOException {
        List<String> lines = new ArrayList<>(List.of("id_number,name"));
        for (int at = 0; at < PERSONS; at++) {
            lines.add(province.personAt(at).idNumber() + "," + name(at, true));
        }
        return Files.write(folder.resolve("people.csv"), lines);
    }

    private static boolean renamed(int at) {
        return at < ASKED && at % RENAMED_EVERY == 0;
    }

    private String name(int at, boolean inNewEdition) {
        Person person = province.personAt(at);
        return renamed(at) && inNewEdition ? person.name() + "甫" : person.name();
    }

    /** The registries whose loads are in the record, in order. */
    private static List<String> loads(NodeProcess node)
            throws IOException, NodeStartException, LedgerUnavailableException {
        List<String> loads = new ArrayList<>();
        try (NodeStores stores = NodeStores.open(node.options(), Clock.system(ZoneId.systemDefault()))) {
            LedgerReader reader = stores.ledger().reader();
            for (long index = 0; index < reader.checkpoint().size(); index++) {
                LedgerRecord record = reader.at(index).orElseThrow().record();
                if (record.outcome().equals("REGISTRY_LOADED")) {
                    loads.add(record.target());
                }
            }
        }
        return loads;
    }
}
