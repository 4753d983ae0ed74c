package org.datareturn.verifier.privatecheck;

import java.util.List;

/**
 * An evaluated batch, minted by {@link PrivateCheckService} only. Its commitment goes on record before the rest leaves.
 * Immutable.
 */
public final class EvaluatedBatch {
    private final List<byte[]> elements;
    private final byte[] proof;
    private final byte[] commitment;
    private final long quotaLeft;

    EvaluatedBatch(List<byte[]> elements, byte[] proof, byte[] commitment, long quotaLeft) {
        this.elements = List.copyOf(elements);
        this.proof = proof.clone();
        this.commitment = commitment.clone();
        this.quotaLeft = quotaLeft;
    }

    /** One evaluated element for each that was sent, in order, 33 bytes each. */
    public List<byte[]> elements() {
        return elements.stream().map(byte[]::clone).toList();
    }

    /** That all were made with the announced key: 64 bytes. */
    public byte[] proof() {
        return proof.clone();
    }

    /** {@link BatchCommitment} of what was sent: 32 bytes for the log. */
    public byte[] commitment() {
        return commitment.clone();
    }

    /** Items the grant may still have evaluated in the epoch. */
    public long quotaLeft() {
        return quotaLeft;
    }
}
