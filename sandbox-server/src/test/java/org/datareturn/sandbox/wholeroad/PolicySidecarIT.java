package org.datareturn.sandbox.wholeroad;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.datareturn.proto.v1.Purpose;
import org.datareturn.proto.v1.VerificationAnswer;
import org.datareturn.proto.v1.VerifyRequest;
import org.datareturn.proto.v1.VerifyResponse;
import org.datareturn.sandbox.cli.client.Applying;
import org.datareturn.sandbox.cli.client.NodeClient;
import org.datareturn.sandbox.province.Person;
import org.datareturn.sandbox.province.SyntheticProvince;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A node that asks a real OPA server beside it, and the day that server is gone. */
class PolicySidecarIT {
    private static final int PERSONS = 500;
    private static final long READY_TRIES = 600;

    @Test
    void asksTheSidecarWithEveryCallAndRefusesOnceItIsGone() throws Exception {
        Path opa = opa();
        int port = NodeProcess.freePorts().getFirst();
        String address = "http://127.0.0.1:" + port;
        Process sidecar = new ProcessBuilder(
                        opa.toString(),
                        "run",
                        "--server",
                        "--addr",
                        "127.0.0.1:" + port,
                        "--log-level",
                        "error",
                        "--ignore",
                        "*_test.rego",
                        "-b",
                        PackagedJar.ROOT.resolve("policy/rego").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            awaitReady(sidecar, address);
            try (NodeProcess node = NodeProcess.start(PERSONS, "--policy", address);
                    NodeClient agency = node.as("county-operator")) {
                Person person =
                        SyntheticProvince.generate(NodeProcess.SEED, PERSONS).personAt(17);
                VerifyRequest request = VerifyRequest.newBuilder()
                        .setGrantId(Papers.grant(node, Applying.IDENTITY_CHECK, "county-applicant"))
                        .setProduct("identity-check")
                        .putFields("id_number", person.idNumber())
                        .putFields("name", person.name())
                        .setPurpose(Purpose.PURPOSE_ADMINISTRATIVE_BASIS)
                        .setRegion("370812")
                        .build();
                VerifyResponse answer = agency.verification().verify(request);
                assertThat(answer.getAnswer()).isEqualTo(VerificationAnswer.VERIFICATION_ANSWER_MATCH);
                assertThat(Papers.recorded(node, answer.getRecord()).policyRevision())
                        .startsWith("sha256:");
                Papers.refused(
                        node,
                        Code.PERMISSION_DENIED,
                        "REGION_NOT_GRANTED",
                        () -> agency.verification()
                                .verify(request.toBuilder().setRegion("371300").build()));

                sidecar.destroyForcibly().waitFor();
                Papers.refused(
                        node,
                        Code.UNAVAILABLE,
                        "POLICY_UNAVAILABLE",
                        () -> agency.verification().verify(request));
            }
        } finally {
            sidecar.destroyForcibly().waitFor();
        }
    }

    /** The real thing, found or installed as the policy's own build does; CI must have it. */
    private static Path opa() throws IOException, InterruptedException {
        PackagedJar.Ran found =
                PackagedJar.run(PackagedJar.ROOT.resolve("policy"), Map.of(), 600, List.of("./build-bundle", "--opa"));
        if (found.exit() == 0) {
            return Path.of(found.out().strip());
        }
        String missing =
                "opa is not here and cannot be installed: " + found.err().strip();
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(missing);
        }
        return Assumptions.abort(missing);
    }

    private static void awaitReady(Process sidecar, String address) throws Exception {
        try (HttpClient http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build()) {
            HttpRequest health = HttpRequest.newBuilder(URI.create(address + "/health?bundles"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            for (long i = 0; i < READY_TRIES && sidecar.isAlive(); i++) {
                try {
                    if (http.send(health, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200) {
                        return;
                    }
                } catch (IOException e) {
                    // Not listening yet.
                    CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS))
                            .get();
                }
            }
        }
        throw new AssertionError("the OPA server did not come up");
    }
}
