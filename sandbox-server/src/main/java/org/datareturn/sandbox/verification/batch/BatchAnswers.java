package org.datareturn.sandbox.verification.batch;

import java.util.List;
import java.util.Optional;
import org.datareturn.verifier.SourceAttribution;

/**
 * The answers to a chunk.
 *
 * @param rows in order; fewer than were asked when the next one stops the batch: asked again it says why
 * @param source where they come from, when a row was looked up now
 */
public record BatchAnswers(List<RowAnswer> rows, Optional<SourceAttribution> source) {
    public BatchAnswers {
        rows = List.copyOf(rows);
    }
}
