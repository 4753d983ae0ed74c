package org.datareturn.sandbox.watermark;

import com.google.crypto.tink.Aead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.datareturn.sandbox.keys.DurableFiles;
import org.datareturn.sandbox.keys.KeyedFunction;

/**
 * Keeps the unmarked form of every table given out, encrypted, one file a copy; file names are keyed digests, so the
 * folder tells neither who got what nor how often. Storing the same copy again changes nothing. Thread-safe.
 */
public final class ReleaseArchive {
    private static final String SUFFIX = ".release";
    private static final byte[] HEAD = "datareturn.org/release/v1/head".getBytes(StandardCharsets.US_ASCII);
    private static final String BODY = "datareturn.org/release/v1/body/";

    private final Path folder;
    private final Aead key;
    private final KeyedFunction names;

    /**
     * An archive in a folder, made when it does not exist.
     *
     * @param key encrypts the files
     * @param names names them
     * @throws IOException when the folder cannot be made
     */
    public ReleaseArchive(Path folder, Aead key, KeyedFunction names) throws IOException {
        DurableFiles.makeFolder(folder);
        this.folder = folder;
        this.key = key;
        this.names = names;
    }

    /**
     * What is known of a copy without reading its table.
     *
     * @param release the release's id
     * @param recipient who got it
     * @param at when it was given out, to the millisecond
     */
    public record Copy(String release, String recipient, Instant at) {}

    /**
     * Keeps a release before its copy leaves; durable when this returns.
     *
     * @throws IOException when it could not be kept; the copy must not leave then
     */
    public void store(ReleaseCandidate candidate, Instant at) throws IOException {
        Path file = file(candidate.release(), candidate.recipient());
        if (Files.exists(file)) {
            return;
        }
        byte[] plainHead = TableCodec.encode(new Copy(candidate.release(), candidate.recipient(), at));
        try {
            byte[] head = key.encrypt(plainHead, HEAD);
            byte[] body = key.encrypt(
                    TableCodec.encode(candidate.unmarked()), bodyTag(candidate.release(), candidate.recipient()));
            DurableFiles.write(
                    file,
                    ByteBuffer.allocate(Integer.BYTES + head.length + body.length)
                            .putInt(head.length)
                            .put(head)
                            .put(body)
                            .array());
        } catch (GeneralSecurityException e) {
            throw new IOException("the release cannot be encrypted", e);
        }
    }

    /**
     * Every copy kept, the latest last.
     *
     * @throws IOException when the folder or a file in it cannot be read or is damaged
     */
    public List<Copy> list() throws IOException {
        List<Copy> copies = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(SUFFIX)).toList()) {
                copies.add(readHead(ByteBuffer.wrap(Files.readAllBytes(file))));
            }
        }
        copies.sort(Comparator.comparing(Copy::at).thenComparing(Copy::release).thenComparing(Copy::recipient));
        return copies;
    }

    /**
     * One copy with its unmarked table, for tracing.
     *
     * @throws IOException when it is not kept, cannot be read or is damaged
     */
    public ReleaseCandidate load(Copy copy) throws IOException {
        ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file(copy.release(), copy.recipient())));
        Copy head = readHead(content);
        byte[] body = new byte[content.remaining()];
        content.get(body);
        try {
            byte[] plain = key.decrypt(body, bodyTag(head.release(), head.recipient()));
            return new ReleaseCandidate(head.release(), head.recipient(), TableCodec.decodeTable(plain));
        } catch (GeneralSecurityException e) {
            throw new IOException("an archived release is damaged", e);
        }
    }

    private Copy readHead(ByteBuffer content) throws IOException {
        int length = content.remaining() < Integer.BYTES ? -1 : content.getInt();
        if (length < 0 || length > content.remaining()) {
            throw new IOException("an archived release is damaged");
        }
        byte[] head = new byte[length];
        content.get(head);
        try {
            return TableCodec.decodeCopy(key.decrypt(head, HEAD));
        } catch (GeneralSecurityException e) {
            throw new IOException("an archived release is damaged", e);
        }
    }

    private Path file(String release, String recipient) {
        return folder.resolve(names.hexOf("release-file/v1", release, recipient) + SUFFIX);
    }

    // Binds the table to its head, so that one copy's table cannot be put under another's name.
    private byte[] bodyTag(String release, String recipient) {
        return (BODY + names.hexOf("release-body/v1", release, recipient)).getBytes(StandardCharsets.US_ASCII);
    }
}
