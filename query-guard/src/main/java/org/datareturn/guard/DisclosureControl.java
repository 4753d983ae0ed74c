package org.datareturn.guard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.datareturn.guard.AnswerMemory.History;
import org.datareturn.guard.declaration.ReleaseFloor;
import org.datareturn.guard.plan.CellQuery;
import org.datareturn.policy.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Decides what of a raw result may leave; the only maker of {@link Released}. In this order: the audit against everything
 * the caller's organisation was already told, enough distinct subjects behind each value, dominance, rounding of the
 * merged value, and only then the rest of the query over what is left. Thread-safe.
 */
public final class DisclosureControl {
    private final ReleaseFloor floor;
    private final AnswerMemory memory;

    DisclosureControl(ReleaseFloor floor, AnswerMemory memory) {
        this.floor = floor;
        this.memory = memory;
    }

    private static String key(GuardedQuery query, String edition) {
        return edition + '/' + query.planDigest();
    }

    /** The answer this organisation was given to the same question on the same edition, if it was. */
    Optional<Released> remembered(GuardedQuery query, String edition) {
        History history = memory.history(query.call().input().caller().organisation());
        synchronized (history) {
            return history.answer(key(query, edition)).map(content -> renamed(content, query.query()));
        }
    }

    private static Released renamed(Released.Content content, CellQuery query) {
        List<Released.Column> columns = new ArrayList<>();
        for (int i = 0; i < content.columns().size(); i++) {
            Released.Column column = content.columns().get(i);
            columns.add(new Released.Column(query.names().get(i), column.sqlType(), column.kind(), column.tolerance()));
        }
        return new Released(
                new Released.Content(
                        content.number(),
                        columns,
                        content.rows(),
                        content.suppressedGroups(),
                        content.planDigest(),
                        content.edition(),
                        content.rewrittenSql()),
                true);
    }

    /**
     * Releases what may be released, and remembers it.
     *
     * @throws QueryRefused when nothing may be, or it cannot be remembered
     */
    Released release(RawResult raw, Population population, String edition) throws QueryRefused {
        String organisation = raw.query().call().input().caller().organisation();
        History history = memory.history(organisation);
        synchronized (history) {
            Optional<Released> earlier = remembered(raw.query(), edition);
            if (earlier.isPresent()) {
                return earlier.get();
            }
            if (history.broken()) {
                throw new QueryRefused(Refusal.of(GuardReason.MEMORY_UNAVAILABLE));
            }
            Audit audit = new Audit(history, memory, population, raw.query().minGroupSize(), floor.dominance());
            ReleaseDecision decision = new ReleaseDecision(raw, population, floor, audit);
            List<List<@Nullable Object>> rows = decision.rows();
            Released.Content content = new Finish(raw.query().query(), floor)
                    .content(
                            history.nextNumber(),
                            rows,
                            decision.suppressedGroups(),
                            raw.query().planDigest(),
                            edition,
                            raw.sql());
            try {
                history.remember(organisation, key(raw.query(), edition), content, audit.told());
            } catch (IOException notDurable) {
                throw new QueryRefused(Refusal.of(GuardReason.MEMORY_UNAVAILABLE));
            }
            return new Released(content, false);
        }
    }
}
