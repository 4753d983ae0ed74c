package org.datareturn.policy.opa.wire;

/** What an engine's answer turned out to be. */
public sealed interface WireAnswer {
    /** A well-formed decision document. */
    record Decided(DecisionDocument decision) implements WireAnswer {}

    /** The policy defines no decision for this input, or there is no such policy. */
    record Undefined() implements WireAnswer {}

    /**
     * Not a decision document.
     *
     * @param why for the operator's log; says what is wrong with the answer, not what was asked
     */
    record Malformed(String why) implements WireAnswer {}
}
