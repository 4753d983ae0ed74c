package org.datareturn.verifier;

import org.datareturn.policy.AuthorisedCall;
import org.datareturn.verifier.probing.QuotaLeft;
import org.datareturn.verifier.product.ProductDeclaration;
import org.datareturn.verifier.tokens.SubjectToken;

/**
 * Proof that a request was checked under an authorised call, and the answer in no more detail than that call allows.
 * Only {@link Verifier} makes one. Immutable; holds no value of the request or the registry.
 */
public final class Checked implements VerificationOutcome {
    private final AuthorisedCall call;
    private final ProductDeclaration product;
    private final Answer answer;
    private final SourceAttribution attribution;
    private final SubjectToken subject;
    private final QuotaLeft left;

    Checked(
            AuthorisedCall call,
            ProductDeclaration product,
            Answer answer,
            SourceAttribution attribution,
            SubjectToken subject,
            QuotaLeft left) {
        this.call = call;
        this.product = product;
        this.answer = answer;
        this.attribution = attribution;
        this.subject = subject;
        this.left = left;
    }

    /** The call it was checked under. */
    public AuthorisedCall call() {
        return call;
    }

    /** The product that was asked. */
    public ProductDeclaration product() {
        return product;
    }

    /** The answer. */
    public Answer answer() {
        return answer;
    }

    /** Where it comes from. */
    public SourceAttribution attribution() {
        return attribution;
    }

    /** Who was asked about, as the ledger and quotas know them. */
    public SubjectToken subject() {
        return subject;
    }

    /** What this call left of the quotas of the caller's grant and operator. */
    public QuotaLeft left() {
        return left;
    }

    /** Without the answer, so that a stray log line does not pair it with a subject. */
    @Override
    public String toString() {
        return "Checked[" + product.name() + " by " + attribution.edition() + "]";
    }
}
