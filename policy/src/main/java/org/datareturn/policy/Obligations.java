package org.datareturn.policy;

import java.util.OptionalInt;
import java.util.Set;

/**
 * What an allowing decision demands. Obligations tighten a zone's or product's floor, never loosen it.
 *
 * @param answerForm the most a verification may tell
 * @param columns zone columns ({@code table.column}) the caller may use; empty for verifications
 * @param minGroupSize least number of distinct subjects behind a released cell, when the policy asks for more
 * @param watermark whether returned tables carry the recipient's watermark; a zone answer without it is refused
 */
public record Obligations(AnswerForm answerForm, Set<String> columns, OptionalInt minGroupSize, boolean watermark) {
    /** The most a verification may tell, least first. */
    public enum AnswerForm {
        /** MATCH or NO: one "no" whatever its cause. */
        YES_NO,
        /** MATCH, MISMATCH or NO_RECORD. */
        REASONED
    }

    public Obligations {
        columns = Set.copyOf(columns);
    }
}
