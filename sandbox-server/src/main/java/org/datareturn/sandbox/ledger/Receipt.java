package org.datareturn.sandbox.ledger;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What the recipient of an answer keeps: the record, the salt that opens its commitment, and the proof that the
 * commitment stands in the log. Its text is a tlog proof (C2SP tlog-proof), so generic verifiers can check it too; the
 * proof's extra line carries {@code {"record":…,"salt":…}}. A receipt by itself proves nothing until {@link
 * ReceiptVerifier} has seen it.
 *
 * @param record what was recorded
 * @param salt opens the commitment
 * @param index place in the log, from 0
 * @param proof inclusion proof, from the leaf's sibling upwards
 * @param checkpoint the signed checkpoint it proves against, verbatim
 */
public record Receipt(LedgerRecord record, Salt salt, long index, List<Hash> proof, String checkpoint) {
    private static final String FIRST_LINE = "c2sp.org/tlog-proof@v1";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";
    private static final byte[] RECORD_BEGINS = "{\"record\":".getBytes(StandardCharsets.US_ASCII);
    private static final String SALT_BEGINS = ",\"salt\":\"";
    private static final String SALT_ENDS = "\"}";
    private static final int MAX_LENGTH = 1 << 20;
    private static final int MAX_PROOF = 64;

    public Receipt {
        proof = List.copyOf(proof);
    }

    /** The receipt as a file; conventionally named {@code *.tlog-proof}. */
    public String text() {
        StringBuilder text = new StringBuilder(FIRST_LINE)
                .append('\n')
                .append(EXTRA)
                .append(Base64.getEncoder().encodeToString(extra().getBytes(StandardCharsets.UTF_8)))
                .append('\n')
                .append(INDEX)
                .append(index)
                .append('\n');
        proof.forEach(hash -> text.append(hash.base64()).append('\n'));
        return text.append('\n').append(checkpoint).toString();
    }

    /** The record as its canonical JSON, for people to read. */
    public String recordJson() {
        return new String(RecordJson.encode(record), StandardCharsets.UTF_8);
    }

    /** The log entry this receipt speaks of: the salted commitment to its record. */
    Hash commitment() {
        return salt.commit(RecordJson.encode(record));
    }

    /** Reads a receipt without believing it; nothing when the text is not of the one form {@link #text()} gives. */
    public static Optional<Receipt> parse(String text) {
        int split = text.indexOf("\n\n");
        if (text.length() > MAX_LENGTH || split < 0) {
            return Optional.empty();
        }
        List<String> lines = List.of(text.substring(0, split).split("\n", -1));
        if (lines.size() < 3
                || lines.size() > 3 + MAX_PROOF
                || !lines.get(0).equals(FIRST_LINE)
                || !lines.get(1).startsWith(EXTRA)
                || !lines.get(2).startsWith(INDEX)
                || !Checkpoint.isDecimal(lines.get(2).substring(INDEX.length()))) {
            return Optional.empty();
        }
        List<Hash> proof = new ArrayList<>();
        for (String line : lines.subList(3, lines.size())) {
            Optional<Hash> hash = StrictBase64.decode(line)
                    .filter(b -> b.length == Hash.BYTES)
                    .map(Hash::of);
            if (hash.isEmpty()) {
                return Optional.empty();
            }
            proof.add(hash.get());
        }
        long index = Long.parseLong(lines.get(2).substring(INDEX.length()));
        return StrictBase64.decode(lines.get(1).substring(EXTRA.length()))
                .flatMap(extra -> ofExtra(extra, index, proof, text.substring(split + 2)));
    }

    private static Optional<Receipt> ofExtra(byte[] extra, long index, List<Hash> proof, String checkpoint) {
        int saltAt = extra.length - SALT_BEGINS.length() - Salt.BASE64_LENGTH - SALT_ENDS.length();
        if (saltAt < RECORD_BEGINS.length) {
            return Optional.empty();
        }
        String tail = new String(extra, saltAt, extra.length - saltAt, StandardCharsets.US_ASCII);
        String salt = tail.substring(SALT_BEGINS.length(), SALT_BEGINS.length() + Salt.BASE64_LENGTH);
        Optional<Salt> opened = StrictBase64.decode(salt).flatMap(Salt::of);
        Optional<LedgerRecord> record = RecordJson.decode(Arrays.copyOfRange(extra, RECORD_BEGINS.length, saltAt));
        if (opened.isEmpty() || record.isEmpty()) {
            return Optional.empty();
        }
        Receipt receipt = new Receipt(record.get(), opened.get(), index, proof, checkpoint);
        // Whatever the pieces were, the whole must be written exactly as this receipt writes it.
        return Arrays.equals(receipt.extra().getBytes(StandardCharsets.UTF_8), extra)
                ? Optional.of(receipt)
                : Optional.empty();
    }

    private String extra() {
        return "{\"record\":" + recordJson() + SALT_BEGINS + salt.base64() + SALT_ENDS;
    }
}
