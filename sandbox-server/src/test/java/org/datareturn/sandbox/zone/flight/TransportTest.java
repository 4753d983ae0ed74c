package org.datareturn.sandbox.zone.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509KeyManager;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.datareturn.policy.ReasonCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS, deadlines, slow readers, long messages and the end of the endpoint. */
class TransportTest {
    private static final byte[] HTTP2_PREFACE =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    @Test
    void endsTheHandshakeOfACertificateFromAnotherAuthority() throws Exception {
        try (FlightFixture fixture = FlightFixture.standard(folder)) {
            TestAuthority.Issued known = fixture.authority.issue("known");
            TestAuthority.Issued stranger = TestAuthority.in(folder, "other-ca").issue("stranger");
            assertThat(firstByteFor(fixture, fixture.endpoint.port(), known)).isNotNegative();
            assertThatThrownBy(() -> firstByteFor(fixture, fixture.endpoint.port(), stranger))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void refusesToStartWithoutReadableCertificates() throws Exception {
        Path nonsense = Files.writeString(folder.resolve("nonsense.pem"), "not a certificate");
        TestAuthority.Issued server = TestAuthority.in(folder, "ca").issue("server");
        for (FlightSqlOptions options : List.of(
                FlightSqlOptions.onLoopback(0, nonsense, server.key(), Optional.empty()),
                FlightSqlOptions.onLoopback(0, server.certificate(), folder.resolve("absent"), Optional.empty()),
                FlightSqlOptions.onLoopback(0, server.certificate(), server.key(), Optional.of(nonsense)))) {
            assertThatThrownBy(() -> FlightSqlEndpoint.start(options, new ScriptedQueries(), Clock.systemUTC()))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    @SuppressWarnings("try") // Flight's clients may be interrupted in close()
    void answersWithinTheDeadlineAndNeverInterruptsTheRoad() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        CountDownLatch ended = new CountDownLatch(1);
        try (FlightFixture fixture = limited(Duration.ofMillis(300), Duration.ofSeconds(30));
                FlightClient flight = fixture.client()) {
            fixture.road.query = sql -> {
                try {
                    interrupted.set(!release.await(30, TimeUnit.SECONDS));
                } catch (InterruptedException e) {
                    interrupted.set(true);
                }
                ended.countDown();
                return ScriptedQueries.oneNumber(1);
            };
            assertThatThrownBy(() -> new FlightSqlClient(flight).execute("SELECT 1", FlightFixture.as("token-a")))
                    .isInstanceOfSatisfying(
                            FlightRuntimeException.class,
                            e -> assertThat(e.status().code()).isEqualTo(FlightStatusCode.TIMED_OUT))
                    .hasMessageContaining("FLIGHT_DEADLINE");
            release.countDown();
            assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(interrupted).isFalse();
    }

    @Test
    @SuppressWarnings("try") // Flight's streams may be interrupted in close()
    void endsTheStreamOfAClientThatDoesNotRead() throws Exception {
        try (FlightFixture fixture = limited(Duration.ofSeconds(30), Duration.ofMillis(500));
                FlightClient flight = fixture.client()) {
            // Fifty batches: a client takes a few of them ahead of being read.
            List<List<Object>> rows = Collections.nCopies(400_000, List.of("宽".repeat(100)));
            fixture.road.query =
                    sql -> ScriptedQueries.table(List.of(new Column("w", SqlType.Plain.VARCHAR, false)), rows);
            FlightSqlClient sql = new FlightSqlClient(flight);
            FlightInfo info = sql.execute("SELECT w FROM t", FlightFixture.as("token-a"));
            try (FlightStream stream =
                    sql.getStream(info.getEndpoints().getFirst().getTicket(), FlightFixture.as("token-a"))) {
                assertThat(stream.next()).isTrue();
                // Not reading is the event here: four times the deadline goes by.
                CountDownLatch never = new CountDownLatch(1);
                assertThat(never.await(2, TimeUnit.SECONDS)).isFalse();
                assertThatThrownBy(() -> {
                            while (stream.next()) {
                                assertThat(stream.getRoot().getRowCount()).isPositive();
                            }
                        })
                        .isInstanceOf(FlightRuntimeException.class)
                        .hasMessageContaining("FLIGHT_DEADLINE");
            }
        }
    }

    @Test
    void cutsMessagesThatWouldNotFitIntoHeaders() throws Exception {
        try (FlightFixture fixture = FlightFixture.standard(folder);
                Connection connection = fixture.connect("token-a");
                Statement statement = connection.createStatement()) {
            fixture.road.query = sql -> new Refused(
                    ReasonCode.Kind.INVALID, "LONG", "长".repeat(9_000), "é".repeat(9_000), "t", Optional.empty());
            assertThatThrownBy(() -> statement.executeQuery("SELECT 1"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContainingAll("LONG: 长长长", "… / ééé", "trace_id=t]");
        }
    }

    @Test
    void closesGracefullyAndOnce() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        FlightFixture fixture = FlightFixture.standard(folder);
        int port = fixture.endpoint.port();
        try (ExecutorService others = Executors.newFixedThreadPool(2)) {
            FlightClient flight = fixture.client();
            fixture.road.query = sql -> {
                inside.countDown();
                try {
                    assertThat(release.await(20, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return ScriptedQueries.oneNumber(1);
            };
            Future<FlightInfo> running =
                    others.submit(() -> new FlightSqlClient(flight).execute("SELECT 1", FlightFixture.as("token-a")));
            assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();
            Future<?> closing = others.submit(fixture.endpoint::close);
            release.countDown();
            assertThat(running.get(20, TimeUnit.SECONDS).getRecords()).isEqualTo(1);
            flight.close();
            closing.get(20, TimeUnit.SECONDS);
            assertThatThrownBy(() -> firstByteFor(fixture, port, fixture.authority.issue("late")))
                    .isInstanceOf(IOException.class);
        } finally {
            fixture.close();
        }
    }

    private FlightFixture limited(Duration queryDeadline, Duration streamDeadline) throws Exception {
        return FlightFixture.limited(
                folder,
                new FlightSqlOptions.Limits(
                        1_000, queryDeadline, streamDeadline, Duration.ofMinutes(2), 4, 8, 4, 8, 1_000_000),
                Clock.systemUTC());
    }

    /** Speaks TLS with this certificate, whoever the server says it trusts, and reads what comes first. */
    private static int firstByteFor(FlightFixture fixture, int port, TestAuthority.Issued client) throws Exception {
        SSLContext tls = SSLContext.getInstance("TLS");
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", certificate(fixture.authority.pem()));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        tls.init(new KeyManager[] {new Insistent(client)}, trust.getTrustManagers(), null);
        try (SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setSoTimeout(20_000);
            var parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            socket.getOutputStream().write(HTTP2_PREFACE);
            return socket.getInputStream().read();
        }
    }

    private static X509Certificate certificate(Path pem) throws Exception {
        try (InputStream in = Files.newInputStream(pem)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    /** Presents one certificate whatever authorities the server names. */
    private static final class Insistent implements X509KeyManager {
        private final X509Certificate certificate;
        private final PrivateKey key;

        private Insistent(TestAuthority.Issued issued) throws Exception {
            certificate = certificate(issued.certificate());
            try (PEMParser pem = new PEMParser(Files.newBufferedReader(issued.key()))) {
                key = new JcaPEMKeyConverter().getPrivateKey((PrivateKeyInfo) pem.readObject());
            }
        }

        @Override
        public String[] getClientAliases(String keyType, java.security.Principal @Nullable [] issuers) {
            return new String[] {"me"};
        }

        @Override
        public String chooseClientAlias(
                String[] keyType, java.security.Principal @Nullable [] issuers, java.net.@Nullable Socket socket) {
            return "me";
        }

        @Override
        public String[] getServerAliases(String keyType, java.security.Principal @Nullable [] issuers) {
            return new String[0];
        }

        @Override
        public String chooseServerAlias(
                String keyType, java.security.Principal @Nullable [] issuers, java.net.@Nullable Socket socket) {
            return "me";
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[] {certificate};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return key;
        }
    }
}
