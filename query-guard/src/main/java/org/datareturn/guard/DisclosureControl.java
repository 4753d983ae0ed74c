package org.datareturn.guard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.datareturn.guard.AnswerMemory.History;
import org.datareturn.guard.declaration.ReleaseFloor;
import org.datareturn.guard.engine.EngineException;
import org.datareturn.guard.engine.Scratch;
import org.datareturn.guard.plan.Question;
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
    private final Scratch scratch;

    DisclosureControl(ReleaseFloor floor, AnswerMemory memory, Scratch scratch) {
        this.floor = floor;
        this.memory = memory;
        this.scratch = scratch;
    }

    private static String key(GuardedQuestion question, String edition) {
        return edition + '/' + question.planDigest();
    }

    /**
     * The answer this organisation was given to the same question on the same edition, if it was.
     *
     * @throws QueryRefused when that answer was that there is no result
     */
    Optional<Released> remembered(GuardedQuestion question, String edition) throws QueryRefused {
        History history = memory.history(question.call().input().caller().organisation());
        synchronized (history) {
            Optional<Released.Content> content = history.answer(key(question, edition));
            return content.isPresent() ? Optional.of(renamed(content.get(), question.question())) : Optional.empty();
        }
    }

    private static Released renamed(Released.Content content, Question question) throws QueryRefused {
        if (content.columns().isEmpty()) {
            throw new QueryRefused(notComputable());
        }
        List<Released.Column> columns = new ArrayList<>();
        for (int i = 0; i < content.columns().size(); i++) {
            Released.Column column = content.columns().get(i);
            columns.add(new Released.Column(
                    question.columns().get(i).name(), column.sqlType(), column.kind(), column.tolerance()));
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
     * Releases what may be released of a question's raw results, computes the rest from it, and remembers it. All raw
     * results of a question are decided against one audit: what one of them tells counts for the others.
     *
     * @param raws the raw results, in the order of the question's queries
     * @throws QueryRefused when nothing may be released, nothing can be computed from it, or it cannot be remembered
     */
    Released release(GuardedQuestion question, List<RawResult> raws, Population population, String edition)
            throws QueryRefused {
        String organisation = question.call().input().caller().organisation();
        History history = memory.history(organisation);
        synchronized (history) {
            Optional<Released> earlier = remembered(question, edition);
            if (earlier.isPresent()) {
                return earlier.get();
            }
            if (history.broken()) {
                throw new QueryRefused(Refusal.of(GuardReason.MEMORY_UNAVAILABLE));
            }
            Audit audit = new Audit(history, memory, population, question.minGroupSize(), floor.dominance());
            List<ReleaseDecision> decisions = raws.stream()
                    .map(raw -> new ReleaseDecision(raw, population, floor, audit))
                    .toList();
            List<List<List<@Nullable Object>>> cells = decided(decisions);
            Finish finish = new Finish(question.question(), floor);
            int number = history.nextNumber();
            int suppressed = decisions.stream()
                    .mapToInt(ReleaseDecision::suppressedGroups)
                    .max()
                    .orElse(0);
            Released.Content content = content(finish, question, raws, cells, number, suppressed, edition);
            try {
                history.remember(organisation, key(question, edition), content, audit.told());
            } catch (IOException notDurable) {
                throw new QueryRefused(Refusal.of(GuardReason.MEMORY_UNAVAILABLE));
            }
            if (content.columns().isEmpty()) {
                throw new QueryRefused(notComputable());
            }
            return new Released(content, false);
        }
    }

    private static List<List<List<@Nullable Object>>> decided(List<ReleaseDecision> decisions) throws QueryRefused {
        List<List<List<@Nullable Object>>> cells = new ArrayList<>();
        Optional<QueryRefused> nothing = Optional.empty();
        for (ReleaseDecision decision : decisions) {
            try {
                cells.add(decision.rows());
            } catch (QueryRefused refused) {
                nothing = nothing.or(() -> Optional.of(refused));
                cells.add(List.of());
            }
        }
        if (nothing.isPresent() && cells.stream().allMatch(List::isEmpty)) {
            throw nothing.get();
        }
        return cells;
    }

    /**
     * The content of an answer; without columns when it cannot be computed. Even then it is remembered: that there is no
     * result follows from released values, so they have been told.
     */
    private Released.Content content(
            Finish finish,
            GuardedQuestion question,
            List<RawResult> raws,
            List<List<List<@Nullable Object>>> cells,
            int number,
            int suppressed,
            String edition) {
        String sql = raws.stream().map(RawResult::sql).collect(Collectors.joining(";\n")) + ";\n" + finish.explained();
        try {
            Finish.Table table = finish.table(scratch, cells);
            return new Released.Content(
                    number, table.columns(), table.rows(), suppressed, question.planDigest(), edition, sql);
        } catch (EngineException failed) {
            return new Released.Content(number, List.of(), List.of(), suppressed, question.planDigest(), edition, sql);
        }
    }

    private static Refusal notComputable() {
        return Refusal.of(GuardReason.NOT_COMPUTABLE)
                .withHint(
                        "标量子查询只能有一行；请检查数值范围和类型转换。",
                        "A scalar sub-query has one row; look at ranges of numbers and at casts.");
    }
}
