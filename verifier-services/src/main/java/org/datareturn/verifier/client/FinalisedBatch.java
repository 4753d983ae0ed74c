package org.datareturn.verifier.client;

import java.util.List;
import org.datareturn.verifier.privatecheck.RowKeys;

/** The labels and keys of a batch's items, proven to be made with the announced key; ready to be looked up. Immutable. */
public final class FinalisedBatch {
    private final List<RowKeys> rows;

    FinalisedBatch(List<RowKeys> rows) {
        this.rows = List.copyOf(rows);
    }

    List<RowKeys> rows() {
        return rows;
    }
}
