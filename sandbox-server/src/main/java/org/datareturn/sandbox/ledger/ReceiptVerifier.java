package org.datareturn.sandbox.ledger;

import java.util.Optional;

/** Verifies receipts offline: nothing is needed but the receipt and the log's verifier key. */
public final class ReceiptVerifier {
    private ReceiptVerifier() {}

    /** What a receipt turned out to be. */
    public sealed interface Verification {
        /**
         * The record was in the log that the key's holder signed.
         *
         * @param record what was recorded
         * @param index its place in the log
         * @param checkpoint the signed state of the log that holds it
         */
        record Verified(LedgerRecord record, long index, Checkpoint checkpoint) implements Verification {}

        /**
         * The receipt proves nothing.
         *
         * @param reason why; one of the {@code RECEIPT_…} reasons
         */
        record Rejected(LedgerReason reason) implements Verification {}
    }

    /**
     * Verifies one receipt.
     *
     * @param text the receipt's whole text
     * @param trusted the log's verifier key, got from elsewhere than the receipt; its name is the log's origin
     */
    public static Verification verify(String text, VerifierKey trusted) {
        Optional<Receipt> read = Receipt.parse(text);
        Optional<SignedNote> note = read.flatMap(r -> SignedNote.parse(r.checkpoint()));
        Optional<Checkpoint> stated = note.flatMap(n -> Checkpoint.parse(n.text()));
        if (read.isEmpty() || note.isEmpty() || stated.isEmpty()) {
            return new Verification.Rejected(LedgerReason.RECEIPT_MALFORMED);
        }
        Receipt receipt = read.get();
        Checkpoint checkpoint = stated.get();
        if (!checkpoint.origin().equals(trusted.name())) {
            return new Verification.Rejected(LedgerReason.RECEIPT_OTHER_ORIGIN);
        }
        if (!note.get().isSignedBy(trusted)) {
            return new Verification.Rejected(LedgerReason.RECEIPT_SIGNATURE_INVALID);
        }
        Hash leaf = Hash.leaf(receipt.commitment().bytes());
        if (!MerkleProof.includes(receipt.index(), checkpoint.size(), leaf, receipt.proof(), checkpoint.root())) {
            return new Verification.Rejected(LedgerReason.RECEIPT_NOT_INCLUDED);
        }
        return new Verification.Verified(receipt.record(), receipt.index(), checkpoint);
    }
}
