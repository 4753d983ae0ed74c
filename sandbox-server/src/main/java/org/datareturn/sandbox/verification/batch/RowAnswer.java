package org.datareturn.sandbox.verification.batch;

import java.util.Optional;
import org.datareturn.sandbox.ledger.TraceId;
import org.datareturn.verifier.Answer;

/**
 * What is told of one row.
 *
 * @param row the client's number
 * @param trace the row's own trace
 * @param digest keyed digest of the request, 32 hexadecimal digits
 * @param code the answer, or the reason of the refusal
 * @param remembered whether it was answered before
 */
public record RowAnswer(long row, TraceId trace, String digest, String code, boolean remembered) {
    /** The answer; empty when the row was refused. */
    public Optional<Answer> answer() {
        return switch (code) {
            case "MATCH" -> Optional.of(Answer.MATCH);
            case "NO" -> Optional.of(Answer.NO);
            case "MISMATCH" -> Optional.of(Answer.MISMATCH);
            case "NO_RECORD" -> Optional.of(Answer.NO_RECORD);
            default -> Optional.empty();
        };
    }

    /** The line a chunk's record commits to. */
    public String line() {
        return row + "\t" + trace.hex() + "\t" + digest + "\t" + code;
    }
}
