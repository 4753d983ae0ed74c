package org.datareturn.sandbox.template;

import java.util.ArrayList;
import java.util.List;
import org.datareturn.policy.Caller;
import org.datareturn.sandbox.identity.Credentials;
import org.datareturn.sandbox.ledger.LedgerRecord;
import org.datareturn.sandbox.ledger.LedgerUnavailableException;
import org.datareturn.sandbox.ledger.Recorded;
import org.datareturn.sandbox.road.CallPipeline;
import org.datareturn.sandbox.road.Done;
import org.datareturn.sandbox.road.Outcome;
import org.datareturn.sandbox.zone.ZoneQuestion;
import org.datareturn.sandbox.zone.ZoneService;

/**
 * The desk on the road: submitting and assessing need a grant, as querying does, deciding and reading need an identity and
 * a role. Every call is recorded under the template's id. Thread-safe; blocks on engine, control store and ledger.
 */
public final class TemplateService {
    private final CallPipeline pipeline;
    private final ZoneService zones;
    private final TemplateDesk desk;

    /** A desk on one road. */
    public TemplateService(CallPipeline pipeline, ZoneService zones, TemplateDesk desk) {
        this.pipeline = pipeline;
        this.zones = zones;
        this.desk = desk;
    }

    /**
     * Submits a template and assesses it.
     *
     * @throws LedgerUnavailableException when the call could not be recorded: nothing may be answered
     */
    public Recorded<Outcome<TemplateView>> submit(Credentials credentials, ZoneQuestion question, Submission submission)
            throws LedgerUnavailableException {
        List<String> parts = new ArrayList<>(List.of("submit-template", submission.title(), submission.sql()));
        submission.parameters().forEach(parameter -> parts.add(parameter.toString()));
        return zones.within(
                credentials,
                question,
                parts,
                (zone, call) -> done(desk.submit(call, zone, submission), "TEMPLATE_SUBMITTED"));
    }

    /**
     * Assesses a template again.
     *
     * @throws LedgerUnavailableException when the call could not be recorded: nothing may be answered
     */
    public Recorded<Outcome<TemplateView>> assess(Credentials credentials, ZoneQuestion question, String id)
            throws LedgerUnavailableException {
        return zones.within(
                credentials,
                question,
                question.zone() + "/" + id,
                List.of("assess-template", id),
                (zone, call) -> done(desk.assess(call, zone, id), "TEMPLATE_ASSESSED"));
    }

    /**
     * Decides on a template.
     *
     * @throws LedgerUnavailableException when the call could not be recorded: nothing may be answered
     */
    public Recorded<Outcome<TemplateView>> decide(
            Credentials credentials, String id, int version, TemplateVerdict verdict)
            throws LedgerUnavailableException {
        String code = switch (verdict) {
            case TemplateVerdict.Approve approve -> "TEMPLATE_APPROVED";
            case TemplateVerdict.Refuse refuse -> "TEMPLATE_DECLINED";
        };
        return pipeline.administer(
                credentials, id, (Caller caller) -> done(desk.decide(caller, id, version, verdict), code));
    }

    /**
     * Reads a template.
     *
     * @throws LedgerUnavailableException when the call could not be recorded: nothing may be answered
     */
    public Recorded<Outcome<TemplateView>> get(Credentials credentials, String id) throws LedgerUnavailableException {
        return pipeline.administer(credentials, id, caller -> done(desk.get(caller, id), "TEMPLATE_READ"));
    }

    /**
     * Lists templates.
     *
     * @throws LedgerUnavailableException when the call could not be recorded: nothing may be answered
     */
    public Recorded<Outcome<List<TemplateView>>> list(Credentials credentials) throws LedgerUnavailableException {
        return pipeline.administer(
                credentials,
                "templates",
                caller -> Done.event(desk.list(caller), LedgerRecord.Kind.APPLICATION_EVENT, "TEMPLATES_LISTED"));
    }

    private static Done<TemplateView> done(TemplateOutcome outcome, String code) {
        return switch (outcome) {
            case TemplateOutcome.Refused refused -> Done.refused(refused.refusal());
            case TemplateOutcome.Done done -> Done.event(done.view(), LedgerRecord.Kind.APPLICATION_EVENT, code);
        };
    }
}
