package org.datareturn.sandbox.grant;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.datareturn.policy.Caller;
import org.datareturn.policy.GrantFacts.Status;
import org.datareturn.policy.ReasonCode;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.control.ControlReason;
import org.datareturn.sandbox.control.ControlStoreException;
import org.datareturn.sandbox.identity.OperatorRegister;
import org.datareturn.sandbox.identity.Organisation;
import org.datareturn.sandbox.identity.Region;

/**
 * Where grants are read and changed by people, and suspended by the node itself. A change that was answered with {@link
 * GrantOutcome.Done} is durable and holds from the next call. Thread-safe. Throws {@link ControlStoreException} when the
 * store cannot answer; then nothing was changed that was not answered.
 */
public final class GrantDesk {
    private static final int MAX_REASON = 4000;

    private final GrantStore store;
    private final OperatorRegister register;
    private final Clock clock;
    private final Consumer<String> resumed;

    /** A desk over one store. */
    public GrantDesk(GrantStore store, OperatorRegister register, Clock clock) {
        this(store, register, clock, id -> {});
    }

    /**
     * A desk over one store.
     *
     * @param resumed hears of each grant that an officer lets be used again, once that is kept
     */
    public GrantDesk(GrantStore store, OperatorRegister register, Clock clock, Consumer<String> resumed) {
        this.store = store;
        this.register = register;
        this.clock = clock;
        this.resumed = resumed;
    }

    /** Reads a grant: its own organisation; security officers and auditors of an authority responsible for it. */
    public GrantOutcome get(Caller caller, String id) {
        return find(id).filter(grant -> concerns(caller, grant))
                .<GrantOutcome>map(GrantOutcome.Done::new)
                .orElseGet(() -> refused(GrantReason.GRANT_NOT_FOUND, id));
    }

    /** A grant's history, oldest first, for those who may read it; empty for everybody else. */
    public List<GrantChange> history(Caller caller, String id) {
        return find(id).filter(grant -> concerns(caller, grant)).isPresent() ? store.history(id) : List.of();
    }

    /** Pauses a grant. Needs SECURITY_OFFICER of an authority responsible for the grantee's region. */
    public GrantOutcome suspend(Caller caller, String id, String reason) {
        return change(caller, id, Status.SUSPENDED, reason);
    }

    /** Takes a suspension back; never that of the officer's own organisation. */
    public GrantOutcome resume(Caller caller, String id, String reason) {
        GrantOutcome outcome = change(caller, id, Status.ACTIVE, reason);
        if (outcome instanceof GrantOutcome.Done) {
            resumed.accept(id);
        }
        return outcome;
    }

    /** Ends a grant for good. */
    public GrantOutcome revoke(Caller caller, String id, String reason) {
        return change(caller, id, Status.REVOKED, reason);
    }

    /**
     * The node itself suspends a grant, on an alarm of its own (call inflation, enumeration, a breach). Only people
     * resume it.
     *
     * @param alarm what was noticed; never a data value
     */
    public GrantOutcome suspendByNode(String id, String alarm) {
        return find(id).map(grant -> apply(grant, Status.SUSPENDED, grant.issuedBy(), GrantChange.NODE, alarm))
                .orElseGet(() -> refused(GrantReason.GRANT_NOT_FOUND, id));
    }

    private GrantOutcome change(Caller caller, String id, Status to, String reason) {
        if (!caller.roles().contains(Caller.Role.SECURITY_OFFICER)) {
            return refused(GrantReason.GRANT_CHANGE_NOT_ALLOWED);
        }
        Optional<Grant> found = find(id).filter(grant -> concerns(caller, grant));
        if (found.isEmpty()) {
            return refused(GrantReason.GRANT_NOT_FOUND, id);
        }
        Grant grant = found.get();
        boolean ownResumed = to == Status.ACTIVE && grant.facts().organisation().equals(caller.organisation());
        if (!isResponsible(caller, grant) || ownResumed) {
            return refused(GrantReason.GRANT_CHANGE_NOT_ALLOWED);
        }
        if (reason.isBlank() || reason.length() > MAX_REASON || reason.indexOf('\0') >= 0) {
            return refused(GrantReason.GRANT_CHANGE_NEEDS_REASON);
        }
        return apply(grant, to, caller.organisation(), caller.operator(), reason.strip());
    }

    private GrantOutcome apply(Grant grant, Status to, String organisation, String operator, String reason) {
        Status from = grant.facts().status();
        if (!startsOf(to).contains(from)) {
            return refused(GrantReason.GRANT_CHANGE_IMPOSSIBLE, grant.id(), from.name(), to.name());
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return switch (store.apply(grant.id(), new GrantChange(from, to, organisation, operator, now, reason))) {
            case YES -> new GrantOutcome.Done(grant.in(to));
            case STATUS_DIFFERS -> refused(ControlReason.CHANGED_MEANWHILE, grant.id());
        };
    }

    /** The whole table of changes: from which statuses each can be reached. Revoked is for good. */
    private static Set<Status> startsOf(Status to) {
        return switch (to) {
            case ACTIVE -> Set.of(Status.SUSPENDED);
            case SUSPENDED -> Set.of(Status.ACTIVE);
            case REVOKED -> Set.of(Status.ACTIVE, Status.SUSPENDED);
        };
    }

    private Optional<Grant> find(String id) {
        return switch (store.find(id)) {
            case GrantLookup.Found found -> Optional.of(found.grant());
            case GrantLookup.None none -> Optional.empty();
            case GrantLookup.Unavailable unavailable ->
                throw new ControlStoreException(
                        "control store: find grant",
                        new IllegalStateException(unavailable.refusal().messageEn()));
        };
    }

    private boolean concerns(Caller caller, Grant grant) {
        boolean watches = caller.roles().contains(Caller.Role.SECURITY_OFFICER)
                || caller.roles().contains(Caller.Role.AUDITOR);
        return grant.facts().organisation().equals(caller.organisation()) || (watches && isResponsible(caller, grant));
    }

    private boolean isResponsible(Caller caller, Grant grant) {
        Optional<Region> grantee =
                register.organisation(grant.facts().organisation()).map(Organisation::region);
        return register.organisation(caller.organisation())
                .filter(own -> own.kind() != Organisation.Kind.AGENCY)
                .flatMap(own -> grantee.map(own.region()::covers))
                .orElse(false);
    }

    private static GrantOutcome refused(ReasonCode reason, String... arguments) {
        return new GrantOutcome.Refused(Refusal.of(reason, arguments));
    }
}
