package org.datareturn.verifier;

import java.util.List;
import java.util.Optional;
import org.datareturn.policy.AuthorisedCall;
import org.datareturn.policy.Refusal;
import org.datareturn.verifier.probing.Asked;
import org.datareturn.verifier.probing.Asker;

/**
 * Requests that were looked up together, and about which the limits against probing have still to be asked: until then
 * nothing of it can be read. Made by {@link Verifier#lookUpAll}. Thread-safe.
 */
public final class LookedUp {
    private final AuthorisedCall call;
    private final Asker asker;
    private final Judged judged;

    LookedUp(AuthorisedCall call, Asker asker, Judged judged) {
        this.call = call;
        this.asker = asker;
        this.judged = judged;
    }

    /** What became of the requests. */
    sealed interface Judged {
        /**
         * All were looked at.
         *
         * @param product the product's name
         */
        record Each(String product, List<Asked<Found>> asked) implements Judged {
            public Each {
                asked = List.copyOf(asked);
            }
        }

        /** None was; the first of them is refused, if there is one. */
        record None(Optional<Refusal> refusal) implements Judged {}
    }

    AuthorisedCall call() {
        return call;
    }

    Asker asker() {
        return asker;
    }

    Judged judged() {
        return judged;
    }
}
