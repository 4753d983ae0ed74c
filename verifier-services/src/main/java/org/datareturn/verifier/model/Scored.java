package org.datareturn.verifier.model;

import java.util.Optional;
import org.datareturn.policy.AuthorisedCall;
import org.datareturn.verifier.SourceAttribution;
import org.datareturn.verifier.probing.QuotaLeft;
import org.datareturn.verifier.tokens.SubjectToken;

/**
 * Proof that a subject was placed by an approved model under an authorised call: a band or none, never a score or a
 * feature. Only {@link BandScorer} makes one. Immutable.
 */
public final class Scored implements ScoringOutcome {
    /** What a caller gets about whoever has no band: unknown, without features, or of another name. */
    public static final String NO_BAND = "NO";

    private final AuthorisedCall call;
    private final ModelFingerprint model;
    private final Optional<Band> band;
    private final SourceAttribution attribution;
    private final SubjectToken subject;
    private final QuotaLeft left;

    Scored(
            AuthorisedCall call,
            ModelFingerprint model,
            Optional<Band> band,
            SourceAttribution attribution,
            SubjectToken subject,
            QuotaLeft left) {
        this.call = call;
        this.model = model;
        this.band = band;
        this.attribution = attribution;
        this.subject = subject;
        this.left = left;
    }

    /** The call it was placed under. */
    public AuthorisedCall call() {
        return call;
    }

    /** The very model that placed the subject. */
    public ModelFingerprint model() {
        return model;
    }

    /** The band's label, or {@link #NO_BAND}. */
    public String answer() {
        return band.map(Band::label).orElse(NO_BAND);
    }

    /** The band, when there is one. */
    public Optional<Band> band() {
        return band;
    }

    /** Where the features come from. */
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
        return "Scored[" + model.name() + " by " + attribution.edition() + "]";
    }
}
