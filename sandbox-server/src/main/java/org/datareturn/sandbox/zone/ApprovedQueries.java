package org.datareturn.sandbox.zone;

import org.datareturn.guard.template.QueryTemplate;
import org.datareturn.policy.AuthorisedCall;
import org.datareturn.policy.Refusal;

/** Which templates may be run. Implementations are thread-safe. */
public interface ApprovedQueries {
    /** The template of an id, when this caller may run it in this zone now. */
    Lookup approved(AuthorisedCall call, ServedZone zone, String id);

    /** What came of looking for one. */
    sealed interface Lookup {
        /**
         * It may be run.
         *
         * @param template the template
         */
        record Approved(QueryTemplate template) implements Lookup {}

        /**
         * It may not.
         *
         * @param refusal why
         */
        record NotRun(Refusal refusal) implements Lookup {}
    }
}
