package org.datareturn.sandbox.road;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import org.datareturn.policy.Authorisation;
import org.datareturn.policy.AuthorisedCall;
import org.datareturn.policy.Authoriser;
import org.datareturn.policy.Caller;
import org.datareturn.policy.PolicyInput;
import org.datareturn.policy.PolicyReason;
import org.datareturn.policy.ReasonCode;
import org.datareturn.policy.Refusal;
import org.datareturn.policy.TimeFacts;
import org.datareturn.sandbox.calendar.WorkingCalendar;
import org.datareturn.sandbox.control.ControlStoreException;
import org.datareturn.sandbox.grant.Grant;
import org.datareturn.sandbox.grant.GrantDirectory;
import org.datareturn.sandbox.grant.GrantLookup;
import org.datareturn.sandbox.identity.Authentication;
import org.datareturn.sandbox.identity.Authenticator;
import org.datareturn.sandbox.identity.Credentials;
import org.datareturn.sandbox.keys.KeyedFunction;
import org.datareturn.sandbox.ledger.Ledger;
import org.datareturn.sandbox.ledger.LedgerUnavailableException;
import org.datareturn.sandbox.ledger.Recorded;
import org.datareturn.sandbox.ledger.TraceId;

/**
 * The road of every call, top-down: authenticate, load the grant, authorise, do (which releases and marks), record,
 * answer. What comes out is {@link Recorded}: the ledger made it, on disk, before anybody sees it. Refusals take the same
 * road. Blocks on the ledger and the control store, so callers are virtual threads. Thread-safe.
 */
public final class CallPipeline {
    private static final System.Logger LOG = System.getLogger(CallPipeline.class.getName());

    private final Authenticator authenticator;
    private final GrantDirectory grants;
    private final Authoriser authoriser;
    private final Ledger ledger;
    private final KeyedFunction requestDigests;
    private final WorkingCalendar calendar;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** A road over its stations; the clock's zone is the node's own, for the policy's facts of time. */
    public CallPipeline(
            Authenticator authenticator,
            GrantDirectory grants,
            Authoriser authoriser,
            Ledger ledger,
            KeyedFunction requestDigests,
            WorkingCalendar calendar,
            Clock clock) {
        this.authenticator = authenticator;
        this.grants = grants;
        this.authoriser = authoriser;
        this.ledger = ledger;
        this.requestDigests = requestDigests;
        this.calendar = calendar;
        this.clock = clock;
    }

    /**
     * Takes one call that needs a grant down the road.
     *
     * @param deed what to do once authorised; its answer must be fit to leave
     * @throws LedgerUnavailableException when it could not be recorded: then nothing may be answered
     */
    public <A> Recorded<Outcome<A>> travel(Credentials credentials, Call call, Function<AuthorisedCall, Done<A>> deed)
            throws LedgerUnavailableException {
        return travel(credentials, TraceId.random(random), call, deed);
    }

    /**
     * Takes one call down the road under a trace of its own choosing, as {@link #travel(Credentials, Call, Function)}.
     *
     * @param trace chosen by the node, never by a caller
     * @throws LedgerUnavailableException when it could not be recorded: then nothing may be answered
     */
    public <A> Recorded<Outcome<A>> travel(
            Credentials credentials, TraceId trace, Call call, Function<AuthorisedCall, Done<A>> deed)
            throws LedgerUnavailableException {
        Trail trail = begin(trace, call);
        switch (authenticator.authenticate(credentials)) {
            case Authentication.Refused refused -> {
                return record(trail, Done.refused(refused.refusal()));
            }
            case Authentication.Authenticated known -> {
                return travelAs(known.caller(), trail.by(known.caller()), call, deed);
            }
        }
    }

    private <A> Recorded<Outcome<A>> travelAs(
            Caller caller, Trail trail, Call call, Function<AuthorisedCall, Done<A>> deed)
            throws LedgerUnavailableException {
        Optional<Grant> grant = Optional.empty();
        switch (grants.find(call.grantId())) {
            case GrantLookup.Found found -> grant = Optional.of(found.grant());
            case GrantLookup.None none -> {}
            case GrantLookup.Unavailable unavailable -> {
                return record(trail, Done.refused(unavailable.refusal()));
            }
        }
        Trail under = grant.map(trail::under).orElse(trail);
        PolicyInput input = new PolicyInput(caller, grant.map(Grant::facts), call.ask(), timeFacts(trail));
        return switch (authoriser.authorise(input)) {
            case Authorisation.Denied denied ->
                record(
                        under.decidedBy(denied.deny().revision()),
                        Done.refused(Refusal.of(told(denied.deny().reasons().getFirst()))));
            case AuthorisedCall authorised ->
                record(under.decidedBy(authorised.policyRevision()), guarded(deed, authorised));
        };
    }

    /**
     * Takes one administrative call (an application, a review, a change of a grant, a trace) down the road: such calls
     * need an identity and a role, which the deed checks, but no grant.
     *
     * @throws LedgerUnavailableException when it could not be recorded: then nothing may be answered
     */
    public <A> Recorded<Outcome<A>> administer(Credentials credentials, String target, Function<Caller, Done<A>> deed)
            throws LedgerUnavailableException {
        Trail trail = Trail.begin(TraceId.random(random), clock.instant(), target, Optional.empty());
        return switch (authenticator.authenticate(credentials)) {
            case Authentication.Refused refused -> record(trail, Done.refused(refused.refusal()));
            case Authentication.Authenticated known -> record(trail.by(known.caller()), guarded(deed, known.caller()));
        };
    }

    /** A receipt carries the record to the caller, so the record too says only what the caller may be told. */
    private static ReasonCode told(ReasonCode reason) {
        return reason instanceof PolicyReason ofPolicy ? ofPolicy.told() : reason;
    }

    /** The outermost boundary of every deed: whatever breaks in it, the call is refused and the refusal recorded. */
    private static <I, A> Done<A> guarded(Function<I, Done<A>> deed, I input) {
        try {
            return deed.apply(input);
        } catch (ControlStoreException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    () -> "call refused: the control store cannot answer: " + FaultTrace.of(e));
            return Done.refused(e.refusal());
        } catch (RuntimeException e) {
            // A fault of ours must not become an answer, nor tell the caller anything of the data.
            LOG.log(System.Logger.Level.ERROR, () -> "call refused: internal fault: " + FaultTrace.of(e));
            return Done.refused(Refusal.of(RoadReason.INTERNAL_FAULT));
        }
    }

    private Trail begin(TraceId trace, Call call) {
        String digest = requestDigests.hexOf(call.requestParts().toArray(String[]::new));
        return Trail.begin(trace, clock.instant(), call.target(), Optional.of(digest));
    }

    private TimeFacts timeFacts(Trail trail) {
        var local = trail.at().atZone(clock.getZone());
        return TimeFacts.at(local, calendar.isWorkingDay(local.toLocalDate()));
    }

    private <A> Recorded<Outcome<A>> record(Trail trail, Done<A> done) throws LedgerUnavailableException {
        return ledger.record(done.outcome(), done.facts().apply(trail.ending(done.kind(), done.code())));
    }
}
