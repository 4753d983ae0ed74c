package org.datareturn.verifier;

import org.datareturn.policy.Refusal;
import org.datareturn.verifier.probing.Bearing;
import org.datareturn.verifier.tokens.SubjectToken;

/** What a look-up came to, which is nobody's to know before the limits against probing have been asked. */
sealed interface Found {
    /** What it is to a searcher. */
    Bearing bearing();

    /**
     * It was found out.
     *
     * @param yes whether all that was asked holds
     * @param present whether there is such a record
     * @param attribution where that comes from
     * @param subject who was asked about
     */
    record Answer(boolean yes, boolean present, SourceAttribution attribution, SubjectToken subject, Bearing bearing)
            implements Found {
        /** Whom it is about and what it says stay out of logs. */
        @Override
        public String toString() {
            return "Found.Answer[" + attribution.edition() + "]";
        }
    }

    /** It could not be: that tells a searcher nothing. */
    record Nothing(Refusal refusal) implements Found {
        @Override
        public Bearing bearing() {
            return Bearing.NOTHING;
        }
    }
}
