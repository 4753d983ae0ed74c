package org.datareturn.sandbox.wholeroad;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.StatusRuntimeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.datareturn.proto.v1.GetCheckpointRequest;
import org.datareturn.sandbox.cli.client.NodeClient;
import org.datareturn.sandbox.ledger.Checkpoint;
import org.datareturn.sandbox.ledger.SignedNote;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Anyone at the public record: the log over HTTPS, its tree computed again from nothing but what was fetched. */
@ExtendWith(SharedNode.class)
class RecordIT {
    private static final int TILE = 256;
    private static final int HASH = 32;

    private static NodeProcess node;

    @BeforeAll
    static void makeMoreEntriesThanOneTileHolds(SharedNode.Running shared) throws IOException {
        node = shared.node();
        // Reading the checkpoint is itself recorded.
        try (NodeClient auditor = node.as("auditor")) {
            for (int i = 0; i <= TILE; i++) {
                auditor.ledger().getCheckpoint(GetCheckpointRequest.getDefaultInstance());
            }
        }
    }

    @Test
    void servesASignedCheckpointWhoseRootFollowsFromItsTilesAndEntries() throws Exception {
        try (HttpClient https = trusting()) {
            String note = new String(fetch(https, "checkpoint"), StandardCharsets.UTF_8);
            SignedNote signed = SignedNote.parse(note).orElseThrow();
            assertThat(signed.isSignedBy(node.verifierKey())).isTrue();
            Checkpoint checkpoint = Checkpoint.parse(signed.text()).orElseThrow();
            assertThat(checkpoint.size()).isGreaterThan(TILE);

            List<byte[]> fromTiles = new ArrayList<>();
            List<byte[]> fromEntries = new ArrayList<>();
            for (long tile = 0; tile * TILE < checkpoint.size(); tile++) {
                int width = (int) Math.min(TILE, checkpoint.size() - tile * TILE);
                String name = "%03d".formatted(tile) + (width < TILE ? ".p/" + width : "");
                hashes(fetch(https, "tile/0/" + name), width).forEach(fromTiles::add);
                entries(fetch(https, "tile/entries/" + name), width).stream()
                        .map(entry -> sha256(new byte[] {0}, entry))
                        .forEach(fromEntries::add);
            }
            assertThat(Base64.getEncoder().encodeToString(root(fromTiles)))
                    .isEqualTo(checkpoint.root().base64());
            assertThat(Base64.getEncoder().encodeToString(root(fromEntries)))
                    .isEqualTo(checkpoint.root().base64());
            assertThat(hashes(fetch(https, "tile/1/000.p/" + checkpoint.size() / TILE), 1)
                            .getFirst())
                    .as("the first hash of the level above is that of the first whole tile")
                    .isEqualTo(root(fromTiles.subList(0, TILE)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ledger/journal",
                "/ledger/../journal",
                "/ledger/../ledger/journal",
                "/ledger/%2e%2e/journal",
                "/ledger/..%2fjournal",
                "/ledger/tile/0/../../../journal",
                "/ledger/tile/0/%2e%2e/%2e%2e/%2e%2e/journal",
                "/ledger/tile/0/..%5c..%5cjournal",
                "/ledger//etc/passwd",
                "/ledger/tile/0/000%00",
                "/ledger/tile/0/",
                "/ledger/tile/64/000",
                "/ledger/acknowledged",
                "/../../../../etc/passwd"
            })
    void servesNothingBesideThePublicFiles(String path) throws IOException {
        String answer = raw(path);
        assertThat(answer).matches("(?s)HTTP/1\\.1 40[04] .*").doesNotContain("root:", "datareturn ledger journal");
    }

    @Test
    void asksForAnIdentityWhereTheRecordIsPrivate() throws IOException {
        assertThat(raw("/ledger/checkpoint")).startsWith("HTTP/1.1 200 ");
        try (NodeClient foreign = node.as("foreign-agency")) {
            assertThat(foreign.ledger()
                            .getCheckpoint(GetCheckpointRequest.getDefaultInstance())
                            .getVerifierKey())
                    .isEqualTo(node.verifierKey().toString());
        } catch (StatusRuntimeException e) {
            throw new AssertionError("any known identity may read the checkpoint", e);
        }
    }

    private static byte[] fetch(HttpClient https, String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = https.send(
                HttpRequest.newBuilder(URI.create("https://localhost:" + node.port() + "/ledger/" + path))
                        .timeout(Duration.ofSeconds(60))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }

    /** A request written by hand, so that nothing tidies the path up on the way; the whole answer as text. */
    private static String raw(String path) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.plainPort())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(answer);
            return answer.toString(StandardCharsets.UTF_8);
        }
    }

    private static HttpClient trusting() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (var in = Files.newInputStream(node.identities().resolve("ca.crt.pem"))) {
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, managers.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(tls).build();
    }

    private static List<byte[]> hashes(byte[] tile, int width) {
        assertThat(tile).hasSize(width * HASH);
        List<byte[]> hashes = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            hashes.add(Arrays.copyOfRange(tile, i * HASH, (i + 1) * HASH));
        }
        return hashes;
    }

    /** Entries of a bundle: two bytes of length, then so many bytes (C2SP tlog-tiles). */
    private static List<byte[]> entries(byte[] bundle, int width) {
        ByteBuffer left = ByteBuffer.wrap(bundle);
        List<byte[]> entries = new ArrayList<>();
        while (left.hasRemaining()) {
            byte[] entry = new byte[Short.toUnsignedInt(left.getShort())];
            left.get(entry);
            entries.add(entry);
        }
        assertThat(entries).hasSize(width);
        return entries;
    }

    /** The Merkle tree hash of RFC 6962 §2.1 over leaf hashes. */
    private static byte[] root(List<byte[]> leaves) {
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int split = Integer.highestOneBit(leaves.size() - 1);
        return sha256(new byte[] {1}, root(leaves.subList(0, split)), root(leaves.subList(split, leaves.size())));
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
