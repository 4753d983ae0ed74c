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
 * merged value, and only then the rest of the query over what is left; in zones with noise, {@link NoisyRelease}
 * instead of all that. Thread-safe.
 */
public final class DisclosureControl {
    private final ReleaseFloor floor;
    private final AnswerMemory memory;
    private final Scratch scratch;
    private final NoisyRelease noisy;

    DisclosureControl(ReleaseFloor floor, AnswerMemory memory, Scratch scratch, NoisyRelease noisy) {
        this.noisy = noisy;
        this.floor = floor;
        this.memory = memory;
        this.scratch = scratch;
    }

    /** An answer is remembered under the rules it was made by: a zone that is opened under others answers anew. */
    private String key(GuardedQuestion question, String edition) {
        return edition + '/' + floor.rules() + '/' + question.planDigest();
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
            return content.isPresent()
                    ? Optional.of(renamed(
                            content.get(),
                            question.question(),
                            noisy.free(question.call().input().caller())))
                    : Optional.empty();
        }
    }

    private static Released renamed(Released.Content content, Question question, Optional<Released.Cost> cost)
            throws QueryRefused {
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
                        content.rewrittenSql(),
                        content.margins()),
                true,
                cost);
    }

    /**
     * Releases what may be released of a question's raw results, computes the rest from it, and remembers it. All raw
     * results of a question are decided against one audit: what one of them tells counts for the others.
     *
     * @param raws the raw results, in the order of the question's queries
     * @param cost what was paid for the answer, where answers are paid for
     * @throws QueryRefused when nothing may be released, nothing can be computed from it, or it cannot be remembered
     */
    Released release(
            GuardedQuestion question,
            List<RawResult> raws,
            Population population,
            String edition,
            Optional<Released.Cost> cost)
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
            List<Decided> decided = new ArrayList<>();
            Optional<QueryRefused> nothing = Optional.empty();
            for (RawResult raw : raws) {
                try {
                    decided.add(
                            noisy.noisy()
                                    ? noisily(raw, population, edition, history, raws.size())
                                    : exactly(raw, population, audit));
                } catch (QueryRefused refused) {
                    nothing = nothing.or(() -> Optional.of(refused));
                    decided.add(Decided.NOTHING);
                }
            }
            if (nothing.isPresent() && decided.stream().allMatch(d -> d.rows().isEmpty())) {
                try {
                    history.remember(organisation, audit.told(), audit.replaced());
                } catch (IOException notDurable) {
                    throw new QueryRefused(Refusal.of(GuardReason.MEMORY_UNAVAILABLE));
                }
                throw nothing.get();
            }
            Released.Content content = content(question, raws, decided, history.nextNumber(), edition);
            try {
                history.remember(organisation, key(question, edition), content, audit.told(), audit.replaced());
            } catch (IOException notDurable) {
                throw new QueryRefused(Refusal.of(GuardReason.MEMORY_UNAVAILABLE));
            }
            if (content.columns().isEmpty()) {
                throw new QueryRefused(notComputable());
            }
            return new Released(content, false, cost);
        }
    }

    /** What may leave of one raw result. */
    private record Decided(List<List<@Nullable Object>> rows, int suppressedGroups, List<Released.Margin> margins) {
        static final Decided NOTHING = new Decided(List.of(), 0, List.of());
    }

    private Decided exactly(RawResult raw, Population population, Audit audit) throws QueryRefused {
        ReleaseDecision decision = new ReleaseDecision(raw, population, floor, audit);
        List<List<@Nullable Object>> rows = decision.rows();
        return new Decided(rows, PossibleGroups.notShown(raw.query(), population, rows.size()), List.of());
    }

    /** With noise there is nothing to audit: what all answers tell together is bounded by the noise itself. */
    private Decided noisily(RawResult raw, Population population, String edition, History history, int of)
            throws QueryRefused {
        NoisyDecision decision = noisy.decide(raw, population, edition, history.nextNumber() - 1, of);
        return new Decided(decision.rows(), decision.suppressedGroups(), decision.margins());
    }

    /**
     * The content of an answer; without columns when it cannot be computed. Even then it is remembered: that there is no
     * result follows from released values, so they have been told.
     */
    private Released.Content content(
            GuardedQuestion question, List<RawResult> raws, List<Decided> decided, int number, String edition) {
        Finish finish = new Finish(question.question(), floor);
        String sql = raws.stream().map(RawResult::sql).collect(Collectors.joining(";\n")) + ";\n" + finish.explained();
        int suppressed =
                decided.stream().mapToInt(Decided::suppressedGroups).max().orElse(0);
        List<Released.Margin> margins =
                decided.stream().flatMap(d -> d.margins().stream()).toList();
        Finish.Table none = new Finish.Table(List.of(), List.of());
        Finish.Table table;
        try {
            table = finish.table(scratch, decided.stream().map(Decided::rows).toList());
        } catch (EngineException failed) {
            table = none;
        }
        return new Released.Content(
                number, table.columns(), table.rows(), suppressed, question.planDigest(), edition, sql, margins);
    }

    private static Refusal notComputable() {
        return Refusal.of(GuardReason.NOT_COMPUTABLE)
                .withHint(
                        "标量子查询只能有一行；请检查数值范围和类型转换。",
                        "A scalar sub-query has one row; look at ranges of numbers and at casts.");
    }
}
