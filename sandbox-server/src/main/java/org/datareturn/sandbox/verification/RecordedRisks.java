package org.datareturn.sandbox.verification;

import java.security.SecureRandom;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.grant.GrantDesk;
import org.datareturn.sandbox.grant.GrantOutcome;
import org.datareturn.sandbox.ledger.Ledger;
import org.datareturn.sandbox.ledger.LedgerRecord;
import org.datareturn.sandbox.ledger.LedgerUnavailableException;
import org.datareturn.sandbox.ledger.TraceId;
import org.datareturn.verifier.probing.RiskEvent;
import org.datareturn.verifier.probing.RiskEvents;

/**
 * Risk events in the node's record, each before the call that raised it is answered; a grant the guard suspends is
 * suspended in the control data too, so that no other service is given under it from the next call on. Thread-safe.
 */
public final class RecordedRisks implements RiskEvents {
    private static final System.Logger LOG = System.getLogger(RecordedRisks.class.getName());
    private static final String NO_POLICY = "none";

    private final Ledger ledger;
    private final GrantDesk grants;
    private final SecureRandom random = new SecureRandom();

    /** Records in a ledger, suspends at a desk. */
    public RecordedRisks(Ledger ledger, GrantDesk grants) {
        this.ledger = ledger;
        this.grants = grants;
    }

    @Override
    public void raised(RiskEvent event) {
        LOG.log(System.Logger.Level.WARNING, "risk event {0} on {1}", event.kind(), event.product());
        record(event);
        if (event.kind() == RiskEvent.Kind.GRANT_SUSPENDED) {
            switch (grants.suspendByNode(event.asker().grant(), event.kind().name())) {
                case GrantOutcome.Done done -> {}
                // It may be suspended or revoked already; the guard itself refuses from now on in any case.
                case GrantOutcome.Refused(Refusal refusal) ->
                    LOG.log(System.Logger.Level.INFO, "not suspended again: {0}", refusal.messageEn());
            }
        }
    }

    private void record(RiskEvent event) {
        LedgerRecord record = LedgerRecord.of(
                TraceId.random(random),
                event.at(),
                LedgerRecord.Kind.SECURITY_EVENT,
                event.asker().organisation(),
                event.asker().operator(),
                event.product(),
                event.kind().name(),
                NO_POLICY);
        try {
            ledger.record(event.kind(), record);
        } catch (LedgerUnavailableException e) {
            // The call's own record would fail as this one did, and then nothing is answered: so does this.
            throw new IllegalStateException("a risk event could not be recorded", e);
        }
    }
}
