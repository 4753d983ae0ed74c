package org.datareturn.verifier.privatecheck;

import java.util.Base64;
import java.util.Set;
import org.datareturn.verifier.probing.ProbeMemory;

/** The quota kept where the limits against probing are remembered, exactly: no server is allowed slack. */
public final class TalliedQuota implements EvaluationQuota {
    /** The counter's name holds the epoch, so it needs no stretch of time of its own. */
    private static final long ONE_BUCKET = 0;

    private static final int NO_SLACK = 0;

    private final ProbeMemory memory;

    public TalliedQuota(ProbeMemory memory) {
        this.memory = memory;
    }

    @Override
    public Reservation reserve(EpochScope scope, int evaluations, long limit) {
        String counter = "private:"
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(Frame.sha256().digest(scope.framed()));
        return memory.alone(Set.of(counter), unit -> {
            long before = unit.tally(counter, ONE_BUCKET, 0, NO_SLACK);
            long left = Math.max(0, limit - before);
            if (evaluations > left) {
                return new Reservation.Exhausted(left);
            }
            unit.tally(counter, ONE_BUCKET, evaluations, NO_SLACK);
            return new Reservation.Reserved(left - evaluations);
        });
    }
}
