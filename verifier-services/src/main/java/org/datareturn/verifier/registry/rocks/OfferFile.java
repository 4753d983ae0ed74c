package org.datareturn.verifier.registry.rocks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.datareturn.verifier.reason.RegistryReason;
import org.datareturn.verifier.registry.RegistryException;
import org.datareturn.verifier.tokens.RecordTokens;
import org.datareturn.verifier.tokens.SubjectTokens;

/**
 * What lies beside an edition that is offered, under a keyed seal: the digest of each of its files, so that what is taken
 * over is byte for byte what was built by a holder of our keys.
 *
 * @param registry the registry's name
 * @param note what the builder says of it to whoever takes it over
 * @param files path within the edition's folder → SHA-256, hexadecimal
 * @param keyId id of the key the seal was made under
 * @param seal over all of that, hexadecimal
 */
record OfferFile(String registry, String note, SortedMap<String, String> files, int keyId, String seal) {
    static final String NAME = "offer.json";

    private static final long MOST_BYTES = 1 << 20;
    private static final int BUFFER_BYTES = 1 << 16;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    /** What is to be written of a folder. */
    static byte[] of(String registry, String note, Path edition, RecordTokens tokens) throws IOException {
        OfferFile open = new OfferFile(registry, note, digests(edition), tokens.keyId(), "");
        return JSON.writeValueAsBytes(
                new OfferFile(registry, note, open.files, open.keyId, hex(tokens.seal(open.parts()))));
    }

    /**
     * Reads what was written, and holds it and the edition's files to the seal.
     *
     * @param offer the folder it lies in
     * @throws IOException when it cannot be read, the seal does not hold, or the files are others
     */
    static OfferFile held(Path offer, Path edition, SubjectTokens keys) throws IOException {
        OfferFile file = read(offer.resolve(NAME));
        RecordTokens tokens = keys.under(file.keyId)
                .orElseThrow(
                        () -> new RegistryException(RegistryReason.EDITION_KEY_UNKNOWN, Integer.toString(file.keyId)));
        if (!MessageDigest.isEqual(bytes(hex(tokens.seal(file.parts()))), bytes(file.seal))) {
            throw new RegistryException(RegistryReason.EDITION_SEAL_BROKEN);
        }
        if (!file.files.equals(digests(edition))) {
            throw new RegistryException(RegistryReason.EDITION_FILES_CHANGED);
        }
        return file;
    }

    private static OfferFile read(Path file) throws IOException {
        try {
            OfferFile written = JSON.readValue(written(file), OfferFile.class);
            if (written == null || written.files.containsValue(null)) {
                throw new RegistryException(RegistryReason.EDITION_FILE_DAMAGED, NAME);
            }
            return written;
        } catch (JsonProcessingException e) {
            RegistryException damaged = new RegistryException(RegistryReason.EDITION_FILE_DAMAGED, NAME);
            damaged.initCause(e);
            throw damaged;
        }
    }

    /**
     * The bytes of a small file that somebody else wrote; none when it is something else than a file, or large.
     *
     * @throws IOException when it cannot be read
     */
    static byte[] written(Path file) throws IOException {
        boolean small = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) <= MOST_BYTES;
        return small ? Files.readAllBytes(file) : new byte[0];
    }

    private List<String> parts() {
        List<String> parts = new ArrayList<>(List.of("edition-offer", registry, note, Integer.toString(keyId)));
        files.forEach((name, digest) -> {
            parts.add(name);
            parts.add(digest);
        });
        return parts;
    }

    private static SortedMap<String, String> digests(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> walked = Files.walk(folder)) {
            all = walked.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
        SortedMap<String, String> digests = new TreeMap<>();
        for (Path file : all) {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new RegistryException(RegistryReason.EDITION_FILES_CHANGED);
            }
            digests.put(folder.relativize(file).toString(), hex(digest(file)));
        }
        return digests;
    }

    private static byte[] digest(Path file) throws IOException {
        MessageDigest sha256 = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            int read = in.read(buffer);
            while (read >= 0) {
                read = in.read(buffer);
            }
        }
        return sha256.digest();
    }

    /** What an offer is called: the digest of its file, which is another's when one byte is. */
    static String id(byte[] written) {
        return hex(sha256().digest(written));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
