package org.datareturn.sandbox.wholeroad;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.datareturn.proto.v1.Purpose;
import org.datareturn.proto.v1.VerificationAnswer;
import org.datareturn.proto.v1.VerificationServiceGrpc;
import org.datareturn.proto.v1.VerifyRequest;
import org.datareturn.proto.v1.VerifyResponse;
import org.datareturn.sandbox.cli.client.Applying;
import org.datareturn.sandbox.cli.client.FreshRequests;
import org.datareturn.sandbox.province.Person;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The clients of {@code docs/clients.md}, run against a node. */
@ExtendWith(SharedNode.class)
class ClientsIT {
    private static SharedNode.Running shared;
    private static String grant = "";

    @TempDir
    Path folder;

    @BeforeAll
    static void apply(SharedNode.Running running) throws IOException {
        shared = running;
        grant = Papers.grant(running.node(), Applying.IDENTITY_CHECK, "county-applicant");
    }

    /** What the document shows, with nothing of the command line but the interceptor. */
    @Test
    void theGeneratedJavaClientNeedsOneInterceptor() throws IOException {
        Path identities = shared.node().identities();
        Path operator = identities.resolve("operators/county-operator");
        Person person = shared.province().personAt(900);
        ManagedChannel channel = Grpc.newChannelBuilderForAddress(
                        "localhost",
                        shared.node().port(),
                        TlsChannelCredentials.newBuilder()
                                .trustManager(identities.resolve("ca.crt.pem").toFile())
                                .keyManager(
                                        operator.resolve("cert.pem").toFile(),
                                        operator.resolve("key.pem").toFile())
                                .build())
                .intercept(new FreshRequests(Clock.systemUTC()))
                .build();
        try {
            VerifyResponse answer = VerificationServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(60, TimeUnit.SECONDS)
                    .verify(VerifyRequest.newBuilder()
                            .setGrantId(grant)
                            .setProduct("identity-check")
                            .putFields("id_number", person.idNumber())
                            .putFields("name", person.name())
                            .setPurpose(Purpose.PURPOSE_ADMINISTRATIVE_BASIS)
                            .setRegion("370800")
                            .build());
            assertThat(answer.getAnswer()).isEqualTo(VerificationAnswer.VERIFICATION_ANSWER_MATCH);
            Papers.recorded(shared.node(), answer.getRecord());
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void thePythonExampleChecksAList() throws IOException, InterruptedException {
        Path python = PythonClients.python();
        Path protos = PackagedJar.ROOT.resolve("proto/src/main/proto");
        List<String> generate = new ArrayList<>(List.of(
                "-m",
                "grpc_tools.protoc",
                "-I",
                protos.toString(),
                "--python_out=" + folder,
                "--grpc_python_out=" + folder));
        try (Stream<Path> files = Files.list(protos.resolve("datareturn/v1"))) {
            files.map(Path::toString).sorted().forEach(generate::add);
        }
        PackagedJar.Ran generated = PythonClients.run(python, Map.of(), generate.toArray(String[]::new));
        assertThat(generated.exit()).as(generated.err()).isZero();
        List<String> lines = new ArrayList<>(List.of("id_number,name"));
        for (int i = 0; i < 20; i++) {
            Person person = shared.province().personAt(910 + i);
            lines.add(person.idNumber() + "," + (i == 7 ? person.name() + "无" : person.name()));
        }
        Path list = Files.write(folder.resolve("people.csv"), lines);
        for (int round = 0; round < 2; round++) {
            PackagedJar.Ran ran = PythonClients.run(
                    python,
                    Map.of("PYTHONPATH", folder.toString(), "PYTHONIOENCODING", "utf-8"),
                    PackagedJar.ROOT.resolve("docs/examples/clients/check.py").toString(),
                    "--identities",
                    shared.node().identities().toString(),
                    "--target",
                    "localhost:" + shared.node().port(),
                    "--grant",
                    grant,
                    "--region",
                    "370800",
                    list.toString());
            assertThat(ran.exit()).as(ran.err()).isZero();
            List<String> answers = ran.out().lines().toList();
            assertThat(answers).as("the same batch again, under another nonce").hasSize(20);
            for (int i = 0; i < 20; i++) {
                assertThat(answers.get(i)).matches((i + 1) + (i == 7 ? " NO " : " MATCH ") + "[0-9a-f]{32}");
            }
        }
    }
}
