package org.datareturn.sandbox.node;

import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.road.RoadReason;

/** A node, or a command on its folders, that will not start; says why and what to do. */
public final class NodeStartException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    /** Will not start for a reason of one of its parts. */
    public NodeStartException(Refusal refusal, Throwable cause) {
        super(refusal.messageEn(), cause);
        this.refusal = refusal;
    }

    /** Will not start for a reason of one of its parts. */
    public NodeStartException(Refusal refusal) {
        super(refusal.messageEn());
        this.refusal = refusal;
    }

    /** Will not start, for what a part or the system says in English only. */
    public NodeStartException(String why, Throwable cause) {
        this(Refusal.of(RoadReason.START_REFUSED, why), cause);
    }

    /** Why. */
    public Refusal refusal() {
        return refusal;
    }
}
