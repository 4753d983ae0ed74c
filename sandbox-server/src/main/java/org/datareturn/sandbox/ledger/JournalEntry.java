package org.datareturn.sandbox.ledger;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.util.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;

/**
 * One entry as the journal keeps it: salt and record, encrypted.
 *
 * @param salt opens the commitment
 * @param record what was recorded
 * @param commitment the public entry
 */
record JournalEntry(Salt salt, LedgerRecord record, Hash commitment) {
    private static final byte[] TAG = "datareturn.org/ledger-journal/v1".getBytes(StandardCharsets.US_ASCII);

    private static final String TRACE_FIELD = ",\"trace_id\":\"";

    /**
     * An entry on its way to the journal.
     *
     * @param entry what it is
     * @param payload its encrypted form; the order of entries is held by the commit frames' roots, not by this
     */
    record Sealed(JournalEntry entry, Bytes payload) {}

    /** A record under a salt, encrypted. */
    static Sealed seal(Salt salt, LedgerRecord record, Aead key) {
        byte[] json = RecordJson.encode(record);
        byte[] plain = ByteBuffer.allocate(Salt.BYTES + json.length)
                .put(salt.bytes())
                .put(json)
                .array();
        try {
            return new Sealed(
                    new JournalEntry(salt, record, salt.commit(json)), Bytes.copyFrom(key.encrypt(plain, TAG)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM can always encrypt a record", e);
        }
    }

    /** What replaying the journal needs of an entry. */
    record Outline(TraceId traceId, Hash commitment) {}

    /** The outline of an encrypted entry, without reading the whole record; nothing when it is damaged. */
    static Optional<Outline> outline(byte[] sealed, Aead key) {
        try {
            byte[] plain = key.decrypt(sealed, TAG);
            String json = new String(plain, Salt.BYTES, plain.length - Salt.BYTES, StandardCharsets.UTF_8);
            // Quotes within values are escaped in the canonical form, so this can only be the field itself.
            int at = json.indexOf(TRACE_FIELD) + TRACE_FIELD.length();
            TraceId trace = new TraceId(json.substring(at, at + TraceId.DIGITS));
            byte[] record = Arrays.copyOfRange(plain, Salt.BYTES, plain.length);
            return Salt.of(Arrays.copyOf(plain, Salt.BYTES)).map(salt -> new Outline(trace, salt.commit(record)));
        } catch (GeneralSecurityException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** Opens the encrypted form, or nothing when it is damaged or of another key. */
    static Optional<JournalEntry> open(byte[] sealed, Aead key) {
        try {
            byte[] plain = key.decrypt(sealed, TAG);
            if (plain.length < Salt.BYTES) {
                return Optional.empty();
            }
            byte[] json = Arrays.copyOfRange(plain, Salt.BYTES, plain.length);
            return Salt.of(Arrays.copyOf(plain, Salt.BYTES))
                    .flatMap(salt ->
                            RecordJson.decode(json).map(record -> new JournalEntry(salt, record, salt.commit(json))));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }
}
