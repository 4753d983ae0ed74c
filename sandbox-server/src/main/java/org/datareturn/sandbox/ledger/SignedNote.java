package org.datareturn.sandbox.ledger;

import com.google.crypto.tink.util.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A note: a text and the signatures below it (C2SP signed-note). The text means nothing until {@link #isSignedBy}
 * says so.
 *
 * @param text with its final newline
 * @param signatures at least one, in the note's order
 */
public record SignedNote(String text, List<NoteSignature> signatures) {
    static final String DASH = "\u2014 ";

    private static final int MAX_SIGNATURES = 64;
    private static final int MAX_LENGTH = 1 << 20;

    public SignedNote {
        signatures = List.copyOf(signatures);
    }

    /**
     * One signature line.
     *
     * @param keyName the signing key's name
     * @param keyId the signing key's id
     * @param signature the signature's bytes, without the id
     */
    public record NoteSignature(String keyName, int keyId, Bytes signature) {}

    /** Reads a note, or nothing when the text is not one. */
    public static Optional<SignedNote> parse(String note) {
        int split = note.lastIndexOf("\n\n");
        if (note.length() > MAX_LENGTH || split <= 0 || !note.endsWith("\n") || hasControls(note)) {
            return Optional.empty();
        }
        String text = note.substring(0, split + 1);
        String below = note.substring(split + 2);
        if (below.isEmpty()) {
            return Optional.empty();
        }
        List<NoteSignature> signatures = new ArrayList<>();
        for (String line : below.substring(0, below.length() - 1).split("\n", -1)) {
            Optional<NoteSignature> signature = parseLine(line);
            if (signature.isEmpty() || signatures.size() == MAX_SIGNATURES) {
                return Optional.empty();
            }
            signatures.add(signature.get());
        }
        return Optional.of(new SignedNote(text, signatures));
    }

    private static Optional<NoteSignature> parseLine(String line) {
        if (!line.startsWith(DASH)) {
            return Optional.empty();
        }
        String[] parts = line.substring(DASH.length()).split(" ", -1);
        if (parts.length != 2 || !isKeyName(parts[0])) {
            return Optional.empty();
        }
        return StrictBase64.decode(parts[1])
                .filter(bytes -> bytes.length > Integer.BYTES)
                .map(bytes -> new NoteSignature(
                        parts[0],
                        ByteBuffer.wrap(bytes).getInt(),
                        Bytes.copyFrom(bytes, Integer.BYTES, bytes.length - Integer.BYTES)));
    }

    /**
     * Whether the key signed this note: at least one signature bears its name and id, and every one that does is valid.
     */
    public boolean isSignedBy(VerifierKey key) {
        List<NoteSignature> known = signatures.stream()
                .filter(s -> s.keyName().equals(key.name()) && s.keyId() == key.id())
                .toList();
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        return !known.isEmpty()
                && known.stream()
                        .allMatch(s -> key.verifies(message, s.signature().toByteArray()));
    }

    static boolean isKeyName(String name) {
        return !name.isEmpty()
                && name.codePoints()
                        .noneMatch(c -> c == '+' || c < 0x20 || Character.isWhitespace(c) || Character.isSpaceChar(c));
    }

    private static boolean hasControls(String note) {
        return note.codePoints().anyMatch(c -> (c < 0x20 && c != '\n') || (c >= 0xd800 && c <= 0xdfff));
    }
}
