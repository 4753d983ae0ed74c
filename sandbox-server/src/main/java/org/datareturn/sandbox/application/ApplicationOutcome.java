package org.datareturn.sandbox.application;

import java.util.List;
import org.datareturn.policy.Refusal;

/** What came of filing, reading or deciding an application. */
public sealed interface ApplicationOutcome {
    /**
     * Done.
     *
     * @param application as it stands now
     */
    record Done(Application application) implements ApplicationOutcome {}

    /**
     * Not done.
     *
     * @param refusals why: at least one; an incomplete filing names every field at once
     */
    record Refused(List<Refusal> refusals) implements ApplicationOutcome {
        public Refused {
            refusals = List.copyOf(refusals);
            if (refusals.isEmpty()) {
                throw new IllegalArgumentException("a refusal names at least one reason");
            }
        }

        /** A refusal for one reason. */
        public Refused(Refusal refusal) {
            this(List.of(refusal));
        }

        /** The first reason. */
        public Refusal refusal() {
            return refusals.getFirst();
        }
    }
}
