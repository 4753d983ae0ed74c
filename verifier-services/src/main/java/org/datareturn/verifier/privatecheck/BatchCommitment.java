package org.datareturn.verifier.privatecheck;

import java.util.List;

/**
 * The commitment to a blinded batch that goes into the log: SHA-256 over the announced epoch and every blinded element. It
 * binds the service to how many items it evaluated and which, and needs no salt: blinded elements are uniformly random, so
 * nobody can guess what is committed to.
 */
public final class BatchCommitment {
    private BatchCommitment() {}

    /**
     * The commitment; both sides can compute it.
     *
     * @param epoch the epoch asked
     * @param blinded the blinded elements as they were sent, in order
     */
    public static byte[] of(PublishedEpoch epoch, List<byte[]> blinded) {
        Frame frame = new Frame()
                .text("datareturn private batch v1")
                .part(epoch.digest())
                .number(blinded.size());
        blinded.forEach(frame::part);
        return frame.digest();
    }
}
