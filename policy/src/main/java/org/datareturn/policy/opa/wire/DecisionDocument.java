package org.datareturn.policy.opa.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A policy's decision, as it stands in the answer. Only combinations that mean something can be made: an allowing
 * decision has no reasons, a denying one has at least one and no obligations. That an allowing decision brings its
 * obligations is for the reader to hold, since it has a reason code of its own.
 *
 * @param allow whether it is allowed
 * @param obligations what must be done; of an allowing decision only
 * @param reasons codes of a denial
 * @param revision the policy's revision, not blank
 */
public record DecisionDocument(
        @Nullable Boolean allow,
        @Nullable ObligationsDocument obligations,
        @Nullable List<String> reasons,
        @Nullable String revision) {

    /** Refuses impossible combinations with {@link IllegalArgumentException}. */
    public DecisionDocument {
        if (allow == null) {
            throw new IllegalArgumentException("allow is missing");
        }
        if (reasons == null) {
            throw new IllegalArgumentException("reasons are missing");
        }
        if (revision == null || revision.isBlank() || revision.length() > 200) {
            throw new IllegalArgumentException("revision is missing, or longer than 200 characters");
        }
        if (allow && !reasons.isEmpty()) {
            throw new IllegalArgumentException("allowed, with reasons against");
        }
        if (!allow && reasons.isEmpty()) {
            throw new IllegalArgumentException("denied, without a reason");
        }
        if (!allow && obligations != null) {
            throw new IllegalArgumentException("denied, with obligations");
        }
        reasons = List.copyOf(reasons);
    }

    /**
     * Obligations as they stand in the answer; what is missing is null here and denied by the reader.
     *
     * @param answerForm {@code YES_NO} or {@code REASONED}
     * @param columns zone columns, {@code table.column}
     * @param minGroupSize distinct subjects behind a released cell, at least 1, when the policy asks for more
     * @param watermark whether returned tables carry a watermark
     */
    public record ObligationsDocument(
            @Nullable String answerForm,
            @Nullable List<String> columns,
            @Nullable Integer minGroupSize,
            @Nullable Boolean watermark) {

        /** Refuses a group size below 1 with {@link IllegalArgumentException}. */
        public ObligationsDocument {
            if (minGroupSize != null && minGroupSize < 1) {
                throw new IllegalArgumentException("min_group_size must be at least 1, was " + minGroupSize);
            }
            columns = columns == null ? null : List.copyOf(columns);
        }
    }
}
