package org.datareturn.verifier.trial;

import org.datareturn.policy.AuthorisedCall;
import org.datareturn.policy.Refusal;
import org.datareturn.verifier.VerificationRequest;

/** What is answered to a question of a trial. */
sealed interface TrialAnswer {
    /** A word. */
    record Answered(String word) implements TrialAnswer {}

    /** A refusal. */
    record Refused(Refusal refusal) implements TrialAnswer {}

    /** A refusal to somebody who is suspended. */
    record Suspended(Refusal refusal) implements TrialAnswer {}

    /** What answers. */
    @FunctionalInterface
    interface Source {
        /** Answers one authorised question. */
        TrialAnswer ask(AuthorisedCall call, VerificationRequest request);
    }
}
