package org.datareturn.guard;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Clock;
import java.util.Optional;
import org.datareturn.guard.budget.PrivacyBudget;
import org.datareturn.guard.budget.Reservation;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.declaration.ReleaseFloor;
import org.datareturn.guard.noise.GaussianTable;
import org.datareturn.guard.plan.ZoneFacts;
import org.datareturn.policy.Caller;
import org.datareturn.policy.Refusal;

/** A zone's noisy release modes: who pays for an answer, and what of a raw result is let out. Thread-safe. */
final class NoisyRelease {
    /** The most different answers an organisation gets with repeatable noise: what it can learn altogether is bounded. */
    static final int MOST_STICKY_ANSWERS = 2_000;

    private final ReleaseFloor floor;
    private final AnswerMemory memory;
    private final ZoneSecret secret;
    private final Optional<PrivacyBudget> budget;

    /** Made once, and only in a process that needs it. */
    private static final class Table {
        private static final GaussianTable STANDARD = new GaussianTable();

        private Table() {}
    }

    NoisyRelease(ReleaseFloor floor, AnswerMemory memory, ZoneSecret secret, Clock clock) {
        this.floor = floor;
        this.memory = memory;
        this.secret = secret;
        this.budget = floor.budget().map(terms -> new PrivacyBudget(terms, clock, memory.spendings()));
    }

    /** Whether the zone answers with noise at all. */
    boolean noisy() {
        return floor.noise() != ReleaseFloor.Noise.NONE;
    }

    /**
     * What may be known about the data before a question is let through. Under differential privacy that is nothing:
     * whether a constant is rare must not decide anything. Under repeatable noise it is blurred.
     */
    ZoneFacts facts(ZoneFacts exact) {
        return switch (floor.noise()) {
            case NONE -> exact;
            case STICKY -> new Facts(exact, true);
            case DP -> new Facts(exact, false);
        };
    }

    private final class Facts implements ZoneFacts {
        private final ZoneFacts exact;
        private final boolean rareRefused;

        Facts(ZoneFacts exact, boolean rareRefused) {
            this.exact = exact;
            this.rareRefused = rareRefused;
        }

        @Override
        public boolean publishable(String named, ColumnDeclaration column, Object value, int minGroupSize) {
            if (!rareRefused) {
                return true;
            }
            int blur = new StickyNoise(secret, Table.STANDARD, "")
                    .blur(1 + minGroupSize / 3, "constant", named, column.name(), value.toString());
            return exact.publishable(named, column, value, minGroupSize + blur);
        }

        @Override
        public boolean unique(String named, String column) {
            return exact.unique(named, column);
        }

        @Override
        public boolean personal(String named) {
            return exact.personal(named);
        }
    }

    /**
     * Pays for a question, before the data are touched; what is paid is not given back.
     *
     * @return what was paid and what is left; empty where answers cost nothing
     * @throws QueryRefused when the budget does not suffice, or paying cannot be recorded
     */
    Optional<Released.Cost> pay(Caller caller) throws QueryRefused {
        if (budget.isEmpty()) {
            return Optional.empty();
        }
        try {
            Reservation reservation = budget.get().reserve(caller.organisation(), caller.operator(), memory::spend);
            return switch (reservation) {
                case Reservation.Granted(BigDecimal left) ->
                    Optional.of(new Released.Cost(budget.get().perQuery(), left));
                case Reservation.Exhausted exhausted ->
                    throw new QueryRefused(Refusal.of(
                                    GuardReason.BUDGET_EXHAUSTED,
                                    exhausted.fullAgain().toString())
                            .withHint("以前问过的问题仍可免费重问。", "Questions asked before are still answered, at no cost."));
            };
        } catch (IOException notDurable) {
            throw new QueryRefused(Refusal.of(GuardReason.MEMORY_UNAVAILABLE));
        }
    }

    /** What an answer from memory costs: nothing; empty where answers cost nothing anyway. */
    Optional<Released.Cost> free(Caller caller) {
        return budget.map(b -> new Released.Cost(BigDecimal.ZERO, b.left(caller.organisation(), caller.operator())));
    }

    /** What a new question would cost this caller, and what would be left of the budget now; nothing is spent. */
    Optional<Released.Cost> preview(Caller caller) {
        return budget.map(b -> new Released.Cost(b.perQuery(), b.left(caller.organisation(), caller.operator())));
    }

    /**
     * Decides one raw result.
     *
     * @param edition the edition it was computed on
     * @param answers how many different answers its organisation was given before
     * @param of how many raw results share what was paid for the question
     * @throws QueryRefused when nothing may be released
     */
    NoisyDecision decide(RawResult raw, Population population, String edition, int answers, int of)
            throws QueryRefused {
        return switch (floor.noise()) {
            case NONE -> throw new IllegalStateException("this zone's answers carry no noise");
            case STICKY -> {
                if (answers >= MOST_STICKY_ANSWERS) {
                    throw new QueryRefused(Refusal.of(GuardReason.AUDIT_EXHAUSTED));
                }
                yield new StickyDecision(raw, population, floor, new StickyNoise(secret, Table.STANDARD, edition))
                        .decide();
            }
            case DP -> {
                ReleaseFloor.Budget terms = floor.budget().orElseThrow();
                BigDecimal epsilon = terms.perQuery().divide(BigDecimal.valueOf(of), MathContext.DECIMAL32);
                yield new DpDecision(raw, population, terms, epsilon).decide();
            }
        };
    }
}
