package org.datareturn.sandbox.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Vectors others have published: RFC 6962 proofs, C2SP notes, sigstore checkpoints and a whole tlog-tiles log. */
class PublicVectorsTest {
    private static final String LOG_KEY =
            "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";

    @Test
    void answersEveryInclusionVectorAsStated() throws IOException {
        List<Path> files = jsonFiles("merkle-rfc6962/testdata/inclusion");
        assertThat(files).hasSizeGreaterThan(50);
        for (Path file : files) {
            JsonNode vector = new ObjectMapper().readTree(file.toFile());
            boolean included = isHash(vector.get("root"))
                    && isHash(vector.get("leafHash"))
                    && MerkleProof.includes(
                            vector.get("leafIdx").asLong(),
                            vector.get("treeSize").asLong(),
                            hash(vector.get("leafHash")),
                            proof(vector),
                            hash(vector.get("root")));
            assertThat(included)
                    .as(file.toString())
                    .isNotEqualTo(vector.get("wantErr").asBoolean());
        }
    }

    @Test
    void answersEveryConsistencyVectorAsStated() throws IOException {
        List<Path> files = jsonFiles("merkle-rfc6962/testdata/consistency");
        assertThat(files).hasSizeGreaterThan(50);
        for (Path file : files) {
            JsonNode vector = new ObjectMapper().readTree(file.toFile());
            boolean consistent = MerkleProof.consistent(
                    vector.get("size1").asLong(),
                    vector.get("size2").asLong(),
                    proof(vector),
                    hash(vector.get("root1")),
                    hash(vector.get("root2")));
            assertThat(consistent)
                    .as(file.toString())
                    .isNotEqualTo(vector.get("wantErr").asBoolean());
        }
    }

    @Test
    void verifiesTheNoteOfTheSpecification() throws IOException {
        String page = Files.readString(LedgerFixture.vectors("c2sp/signed-note-example.txt"));
        VerifierKey key = VerifierKey.parse(page.lines()
                .filter(line -> line.contains("example.com/foo+"))
                .findFirst()
                .orElseThrow()
                .strip());
        String text = page.substring(page.indexOf("```\n") + 4, page.lastIndexOf("```"));
        SignedNote note = SignedNote.parse(text).orElseThrow();
        assertThat(note.text()).isEqualTo("This is an example message.\n");
        assertThat(note.isSignedBy(key)).isTrue();
        SignedNote altered =
                SignedNote.parse(text.replace("an example", "no example")).orElseThrow();
        assertThat(altered.isSignedBy(key)).isFalse();
        assertThat(VerifierKey.parse(key.toString()).toString()).isEqualTo(key.toString());
    }

    @Test
    void readsValidSigstoreCheckpointsAndNoOthers() throws IOException {
        try (Stream<Path> files = Files.list(LedgerFixture.vectors("sigstore-checkpoints"))) {
            List<Path> all = files.toList();
            assertThat(all).hasSizeGreaterThan(8);
            for (Path file : all) {
                boolean read = SignedNote.parse(Files.readString(file))
                        .flatMap(note -> Checkpoint.parse(note.text()))
                        .isPresent();
                assertThat(read)
                        .as(file.toString())
                        .isEqualTo(file.getFileName().toString().startsWith("valid"));
            }
        }
    }

    @Test
    void recomputesAWholePublishedLog() throws IOException {
        Path log = LedgerFixture.vectors("tlog-tiles/testdata/log");
        VerifierKey key = VerifierKey.parse(LOG_KEY);
        HashTree tree = new HashTree(new TileFolder(log));
        Checkpoint last = checkpoint(log.resolve("checkpoint"), key);
        byte[] leaves = Files.readAllBytes(log.resolve("tile/0/000.p/" + last.size()));
        ByteBuffer bundle = ByteBuffer.wrap(Files.readAllBytes(log.resolve("tile/entries/000.p/" + last.size())));
        for (int i = 0; i < last.size(); i++) {
            byte[] entry = new byte[Short.toUnsignedInt(bundle.getShort())];
            bundle.get(entry);
            Hash leaf = Hash.leaf(entry);
            assertThat(leaf.bytes()).isEqualTo(java.util.Arrays.copyOfRange(leaves, i * 32, i * 32 + 32));
            tree.append(leaf);
            if (Files.exists(log.resolve("checkpoint." + (i + 1)))) {
                Checkpoint then = checkpoint(log.resolve("checkpoint." + (i + 1)), key);
                assertThat(then.root()).isEqualTo(tree.root(i + 1));
            }
        }
        assertThat(bundle.hasRemaining()).isFalse();
        assertThat(tree.root(last.size())).isEqualTo(last.root());
        for (long size = 1; size < last.size(); size++) {
            assertThat(MerkleProof.consistent(
                            size, last.size(), tree.consistency(size, last.size()), tree.root(size), last.root()))
                    .isTrue();
        }
    }

    private static Checkpoint checkpoint(Path file, VerifierKey key) throws IOException {
        SignedNote note = SignedNote.parse(Files.readString(file)).orElseThrow();
        assertThat(note.isSignedBy(key)).as(file.toString()).isTrue();
        return Checkpoint.parse(note.text()).orElseThrow();
    }

    private static List<Path> jsonFiles(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(LedgerFixture.vectors(folder))) {
            return files.filter(f -> f.toString().endsWith(".json")).toList();
        }
    }

    private static List<Hash> proof(JsonNode vector) {
        List<Hash> proof = new ArrayList<>();
        vector.get("proof").forEach(hash -> proof.add(hash(hash)));
        return proof;
    }

    private static boolean isHash(JsonNode node) {
        return !node.isNull() && Base64.getDecoder().decode(node.asText()).length == Hash.BYTES;
    }

    // Vectors also name "hashes" of other lengths; these become some hash that is equal only where they are equal.
    private static Hash hash(JsonNode node) {
        byte[] bytes = node.isNull() ? new byte[0] : Base64.getDecoder().decode(node.asText());
        return bytes.length == Hash.BYTES ? Hash.of(bytes) : Hash.sha256(bytes, new byte[] {1});
    }
}
