package org.datareturn.bench;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.datareturn.proto.v1.Application;
import org.datareturn.proto.v1.ApplicationServiceGrpc;
import org.datareturn.proto.v1.Purpose;
import org.datareturn.proto.v1.ReviewRequest;
import org.datareturn.proto.v1.SubmitApplicationRequest;
import org.datareturn.proto.v1.VerificationServiceGrpc;
import org.datareturn.proto.v1.VerifyRequest;
import org.datareturn.proto.v1.VerifyResponse;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Calls per second of the whole road of an identity check — authentication by token, grant, policy, registry, ledger
 * with fsync, receipt — beside a bare grpc-java server that sends replies of the same size. TLS is off in both, client
 * and servers share this machine, and the two are measured in turns so that a drift of the machine's speed hits both.
 */
final class VerifyRun implements Benchmarks.Bench {
    private static final int PERSONS = 100_000;
    /** So many that no person is asked about more often than a day's quota allows. */
    private static final int ASKED_ABOUT = 20_000;

    private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);
    private static final int SECONDS = Integer.getInteger("bench.seconds", 5);
    /** A node that has just started spends half of its processor time on compiling itself; it serves for months. */
    private static final int WARM_UP_SECONDS = Integer.getInteger("bench.warmup", 60);

    @Override
    public List<Benchmarks.Figure> run() throws Exception {
        Path folder = Files.createTempDirectory("data-return-bench-");
        try {
            System.err.println("Preparing a node with " + PERSONS + " persons … 正在准备节点……");
            Servers.runToEnd(
                    List.of("province", "write", folder.resolve("province").toString(), "--persons", "" + PERSONS));
            int plainPort = Servers.freePort();
            try (Servers.Child node = Servers.node(folder, plainPort, PERSONS)) {
                return measure(folder, node.port());
            }
        } finally {
            delete(folder);
        }
    }

    private static List<Benchmarks.Figure> measure(Path folder, int plainPort) throws Exception {
        Path operators = folder.resolve("data-keys/identities/operators");
        String grant = grant(plainPort, operators);
        String token = token(operators, "county-operator");
        String persons = persons(folder.resolve("province/registry.csv"));
        int replyBytes = replyBytes(plainPort, token, grant, persons);
        try (Servers.Child echo = Servers.echo(replyBytes)) {
            List<Double> road = new ArrayList<>();
            List<Double> bare = new ArrayList<>();
            double cold = throughput(folder, plainPort, token, grant, persons, WARM_UP_SECONDS);
            throughput(folder, echo.port(), token, grant, persons, SECONDS);
            System.err.printf(Locale.ROOT, "whole road in its first %d s: %.0f calls/s%n", WARM_UP_SECONDS, cold);
            for (int round = 1; round <= ROUNDS; round++) {
                road.add(throughput(folder, plainPort, token, grant, persons, 3 * SECONDS));
                bare.add(throughput(folder, echo.port(), token, grant, persons, 3 * SECONDS));
                System.err.printf(
                        Locale.ROOT,
                        "round %d of %d: whole road %.0f, bare grpc-java %.0f calls/s (replies of %d bytes)%n",
                        round,
                        ROUNDS,
                        road.getLast(),
                        bare.getLast(),
                        replyBytes);
            }
            // Where the slower of the two is half busy: what is compared is the time of a call, not that of a queue.
            PacedLoad paced = new PacedLoad((int) Math.max(1, median(road) / 2), 4 * SECONDS);
            List<Double> roadP99 = new ArrayList<>();
            List<Double> bareP99 = new ArrayList<>();
            for (int round = 1; round <= ROUNDS; round++) {
                roadP99.add(paced.p99Millis(plainPort, token, grant, persons));
                bareP99.add(paced.p99Millis(echo.port(), token, grant, persons));
            }
            return List.of(
                    new Benchmarks.Figure("verify", median(road), "calls/s", median(bare)),
                    new Benchmarks.Figure("verify.p99", median(roadP99), "ms", median(bareP99)));
        }
    }

    private static double throughput(Path folder, int port, String token, String grant, String persons, int seconds)
            throws RunnerException, IOException {
        Path log = folder.resolve("jmh.log");
        var options = new OptionsBuilder()
                .include(VerifyBench.class.getName() + ".check")
                .param("port", Integer.toString(port))
                .param("token", token)
                .param("grant", grant)
                .param("persons", persons)
                .threads(1)
                .forks(1)
                .warmupIterations(1)
                .warmupTime(TimeValue.seconds(SECONDS))
                .measurementIterations(1)
                .measurementTime(TimeValue.seconds(seconds))
                .shouldFailOnError(true)
                .output(log.toString())
                .build();
        try {
            RunResult result = new Runner(options).run().iterator().next();
            return result.getPrimaryResult().getScore();
        } catch (RunnerException e) {
            Files.readAllLines(log, StandardCharsets.UTF_8).forEach(System.err::println);
            throw e;
        }
    }

    static String grant(int port, Path operators) throws IOException {
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        try {
            var services = ApplicationServiceGrpc.newBlockingStub(channel);
            var applicant = as(services, token(operators, "county-applicant"));
            long now = Clock.systemUTC().instant().getEpochSecond();
            String id = applicant
                    .submit(SubmitApplicationRequest.newBuilder()
                            .setApplication(Application.newBuilder()
                                    .setProviderOrganisation("11370000MB3000030P")
                                    .addProducts("identity-check")
                                    .addFields("id_number")
                                    .addFields("name")
                                    .addRegions("370000")
                                    .setContactName("基准")
                                    .setContactPhone("0531-00000000")
                                    .setContactEmail("bench@example.org")
                                    .setSystemName("基准测试系统")
                                    .setScenario("基准测试")
                                    .setLegalBasis("《婚姻登记条例》")
                                    .setPurpose(Purpose.PURPOSE_ADMINISTRATIVE_BASIS)
                                    .setSecurityOfficer("基准")
                                    .setCommitmentAccepted(true)
                                    .setValidFrom(com.google.protobuf.Timestamp.newBuilder()
                                            .setSeconds(now))
                                    .setValidUntil(com.google.protobuf.Timestamp.newBuilder()
                                            .setSeconds(now + Duration.ofDays(2).toSeconds())))
                            .build())
                    .getApplication()
                    .getId();
            ReviewRequest approval = ReviewRequest.newBuilder()
                    .setApplicationId(id)
                    .setApprove(true)
                    .setReasons("基准测试")
                    .build();
            as(services, token(operators, "city-formal-reviewer")).reviewForm(approval);
            return as(services, token(operators, "province-content-reviewer"))
                    .reviewContent(approval)
                    .getApplication()
                    .getGrantId();
        } finally {
            channel.shutdownNow();
        }
    }

    private static int replyBytes(int port, String token, String grant, String persons) {
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        try {
            String[] person = persons.substring(0, persons.indexOf(';')).split("=", -1);
            VerifyResponse reply = as(VerificationServiceGrpc.newBlockingStub(channel), token)
                    .withDeadlineAfter(30, TimeUnit.SECONDS)
                    .verify(VerifyRequest.newBuilder()
                            .setGrantId(grant)
                            .setProduct("identity-check")
                            .putFields("id_number", person[0])
                            .putFields("name", person[1])
                            .setPurpose(Purpose.PURPOSE_ADMINISTRATIVE_BASIS)
                            .setRegion(person[0].substring(0, 4) + "00")
                            .setNonce(UUID.randomUUID().toString())
                            .setRequestedAt(com.google.protobuf.Timestamp.newBuilder()
                                    .setSeconds(Clock.systemUTC().instant().getEpochSecond()))
                            .build());
            return reply.getSerializedSize();
        } finally {
            channel.shutdownNow();
        }
    }

    static <S extends AbstractStub<S>> S as(S stub, String token) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    static String token(Path operators, String alias) throws IOException {
        return Files.readString(operators.resolve(alias).resolve("token.jwt"), StandardCharsets.UTF_8)
                .strip();
    }

    private static String persons(Path registry) throws IOException {
        try (Stream<String> lines = Files.lines(registry, StandardCharsets.UTF_8)) {
            List<String> pairs = lines.skip(1)
                    .limit(ASKED_ABOUT)
                    .map(line -> line.replaceFirst(",", "="))
                    .toList();
            return String.join(";", pairs);
        }
    }

    static double median(List<Double> values) {
        return values.stream()
                .sorted(Comparator.naturalOrder())
                .skip((values.size() - 1) / 2)
                .findFirst()
                .orElseThrow();
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
