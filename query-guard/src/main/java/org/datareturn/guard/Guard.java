package org.datareturn.guard;

import java.util.List;
import org.datareturn.guard.declaration.ZoneDeclaration;
import org.datareturn.guard.plan.Question;
import org.datareturn.guard.plan.VisibleZone;
import org.datareturn.guard.plan.ZoneFacts;
import org.datareturn.guard.sql.SqlReader;
import org.datareturn.guard.template.BoundQuery;
import org.datareturn.policy.Ask;
import org.datareturn.policy.AuthorisedCall;
import org.datareturn.policy.Refusal;

/**
 * Lets through the questions a zone answers; the only maker of {@link GuardedQuestion} and of the
 * {@link GuardedQuery}s in it. Thread-safe.
 */
public final class Guard {
    private final ZoneDeclaration zone;
    private final PlanCache plans = new PlanCache();

    /** The guard of a zone. */
    public Guard(ZoneDeclaration zone) {
        this.zone = zone;
    }

    /** The zone as this caller sees it. */
    VisibleZone visible(AuthorisedCall call) {
        return VisibleZone.of(zone, call.obligations().columns());
    }

    /**
     * Reads a caller's SQL.
     *
     * @param facts what may be known about the data
     * @param edition the digest of the edition they are facts about
     * @throws QueryRefused when it is not a question this zone answers to this caller
     */
    GuardedQuestion check(AuthorisedCall call, String sql, ZoneFacts facts, String edition) throws QueryRefused {
        requireAuthorised(call);
        if (zone.answers() == ZoneDeclaration.Answers.APPROVED_ONLY) {
            throw new QueryRefused(Refusal.of(GuardReason.APPROVED_ONLY)
                    .withHint("请提交查询模板，经审批后按编号执行。", "Submit a template; once approved, run it by its id."));
        }
        return read(call, sql, List.of(), facts, edition);
    }

    /**
     * Reads a binding of a template that people approved: everything else is held against it as against any SQL.
     *
     * @param facts what may be known about the data
     * @param edition the digest of the edition they are facts about
     * @throws QueryRefused when it is not a question this zone answers to this caller
     */
    GuardedQuestion check(AuthorisedCall call, BoundQuery query, ZoneFacts facts, String edition) throws QueryRefused {
        requireAuthorised(call);
        return read(call, query.sql(), query.literals(), facts, edition);
    }

    private void requireAuthorised(AuthorisedCall call) throws QueryRefused {
        if (!(call.input().ask() instanceof Ask.Query ask) || !ask.zone().equals(zone.zone())) {
            throw new QueryRefused(Refusal.of(GuardReason.NOT_AUTHORISED_FOR_ZONE));
        }
    }

    private GuardedQuestion read(
            AuthorisedCall call, String sql, List<Object> literals, ZoneFacts facts, String edition)
            throws QueryRefused {
        int minGroupSize = Math.max(
                zone.release().minGroupSize(), call.obligations().minGroupSize().orElse(0));
        if (sql.length() > SqlReader.MAX_LENGTH) {
            // Refused by its length alone, and not kept.
            SqlReader.read(sql, literals, visible(call), facts, minGroupSize);
        }
        PlanCache.Key key = new PlanCache.Key(sql, literals, call.obligations().columns(), minGroupSize, edition);
        return switch (plans.get(key, () -> SqlReader.read(sql, literals, visible(call), facts, minGroupSize))) {
            case PlanCache.Reading.Understood(Question question, String digest) ->
                guarded(call, question, digest, minGroupSize);
            case PlanCache.Reading.Turned(Refusal refusal) -> throw new QueryRefused(refusal);
        };
    }

    private static GuardedQuestion guarded(AuthorisedCall call, Question question, String digest, int minGroupSize) {
        List<GuardedQuery> queries = question.cells().stream()
                .map(cell -> new GuardedQuery(call, cell, minGroupSize))
                .toList();
        return new GuardedQuestion(call, question, queries, digest, minGroupSize);
    }
}
