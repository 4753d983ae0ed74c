package org.datareturn.sandbox.application;

/** What a reviewer decides. */
public sealed interface Verdict {
    /** Why. */
    String reasons();

    /** The law it rests on. */
    String legalBasis();

    /**
     * Approves.
     *
     * @param reasons a remark; may be blank
     */
    record Approve(String reasons) implements Verdict {
        @Override
        public String legalBasis() {
            return "";
        }
    }

    /**
     * Refuses.
     *
     * @param reasons why; never blank
     * @param legalBasis the law a content refusal rests on (SD-3 §6.2); may be blank in formal review
     */
    record Refuse(String reasons, String legalBasis) implements Verdict {}
}
