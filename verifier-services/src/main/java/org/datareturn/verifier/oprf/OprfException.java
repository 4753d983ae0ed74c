package org.datareturn.verifier.oprf;

/** What the other side sent cannot be taken (RFC 9497 §5.1: DeserializeError, InputValidationError, VerifyError …). */
public final class OprfException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Fault {
        /** An element is not 33 bytes long. */
        ELEMENT_LENGTH,
        /** An element is no compressed point of the curve. */
        ELEMENT_NOT_ON_CURVE,
        /** An element is the point at infinity, by which every key gives the same. */
        ELEMENT_IS_IDENTITY,
        /** A scalar is not 32 bytes long. */
        SCALAR_LENGTH,
        /** A scalar is not below the group's order, or is zero where zero says nothing. */
        SCALAR_RANGE,
        /** A proof is not 64 bytes long. */
        PROOF_LENGTH,
        /** The proof does not show that the announced key was used. */
        PROOF_REFUSED,
        /** A batch is empty, has more members than an index of two bytes counts, or was answered by another number. */
        BATCH_SIZE,
        /** An input is longer than 65,535 bytes. */
        INPUT_LENGTH,
        /** An input hashes to the point at infinity, or a seed to no key: met with negligible probability. */
        INPUT_UNUSABLE
    }

    private final Fault fault;

    OprfException(Fault fault) {
        super(fault.name());
        this.fault = fault;
    }

    /** What is wrong. */
    public Fault fault() {
        return fault;
    }
}
