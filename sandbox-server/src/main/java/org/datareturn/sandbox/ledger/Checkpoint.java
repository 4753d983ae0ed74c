package org.datareturn.sandbox.ledger;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A log's state: how many entries, under which root (C2SP tlog-checkpoint).
 *
 * @param origin the log's identity
 * @param size number of entries
 * @param root Merkle tree hash over all of them (RFC 6962 §2.1)
 */
public record Checkpoint(String origin, long size, Hash root) {
    private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,17}");
    private static final int LINES = 3;

    /** The note text of this checkpoint, without extension lines. */
    public String text() {
        return origin + "\n" + size + "\n" + root.base64() + "\n";
    }

    /** Reads a note's text; extension lines are passed over. Nothing when it is no checkpoint. */
    public static Optional<Checkpoint> parse(String text) {
        String[] lines = text.split("\n", -1);
        // The text ends with a newline, so the last piece is empty and every other one must not be.
        if (lines.length <= LINES || !lines[lines.length - 1].isEmpty()) {
            return Optional.empty();
        }
        for (int i = 0; i < lines.length - 1; i++) {
            if (lines[i].isEmpty()) {
                return Optional.empty();
            }
        }
        if (!isDecimal(lines[1])) {
            return Optional.empty();
        }
        return StrictBase64.decode(lines[2])
                .filter(bytes -> bytes.length == Hash.BYTES)
                .map(bytes -> new Checkpoint(lines[0], Long.parseLong(lines[1]), Hash.of(bytes)));
    }

    static boolean isDecimal(String text) {
        return DECIMAL.matcher(text).matches();
    }
}
