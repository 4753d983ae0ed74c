package org.datareturn.sandbox.verification.batch;

import java.util.List;

/**
 * One row, as it came.
 *
 * @param row the client's number, from 1
 * @param values one for each field of the opening
 */
public record BatchRow(long row, List<String> values) {
    public BatchRow {
        values = List.copyOf(values);
    }
}
