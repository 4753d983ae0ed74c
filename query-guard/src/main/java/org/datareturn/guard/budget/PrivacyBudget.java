package org.datareturn.guard.budget;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.datareturn.guard.declaration.ReleaseFloor;

/**
 * The privacy budgets of one zone: one for each analyst of an organisation, and one for the organisation as a whole, so
 * that many accounts are not many budgets. A budget's period begins with the first spending after the last period ended;
 * it is full again when its period is over. Reserving is one step under one lock, durable before it is granted: of two
 * that race for the last of a budget, one gets it. Thread-safe.
 */
public final class PrivacyBudget {
    private final ReleaseFloor.Budget terms;
    private final Accounting accounting;
    private final Clock clock;
    private final Map<String, List<Spending>> spent = new HashMap<>();

    /** Keeps a spending durably before it is granted. */
    @FunctionalInterface
    public interface Keeper {
        /**
         * Keeps it.
         *
         * @throws IOException when it cannot be kept; it is then not granted
         */
        void keep(Spending spending) throws IOException;
    }

    private record Window(BigDecimal taken, Optional<Instant> end) {}

    /**
     * The budgets of a zone.
     *
     * @param earlier what was spent before, in the order it was spent
     */
    public PrivacyBudget(ReleaseFloor.Budget terms, Clock clock, List<Spending> earlier) {
        this.terms = terms;
        this.accounting =
                terms.delta().<Accounting>map(Accounting.Concentrated::new).orElseGet(Accounting.Pure::new);
        this.clock = clock;
        earlier.forEach(this::add);
    }

    private void add(Spending spending) {
        spent.computeIfAbsent(spending.organisation(), o -> new ArrayList<>()).add(spending);
    }

    /** What one question costs. */
    public BigDecimal perQuery() {
        return terms.perQuery();
    }

    /**
     * Spends what one question costs.
     *
     * @throws IOException when the spending cannot be kept; nothing is granted then
     */
    public synchronized Reservation reserve(String organisation, String analyst, Keeper keeper) throws IOException {
        Window own = own(organisation, analyst);
        Window all = all(organisation);
        boolean ownFits = fits(own, terms.epsilon());
        boolean allFits = fits(all, terms.organisation());
        if (!ownFits || !allFits) {
            Instant now = clock.instant();
            Instant ownAgain = ownFits ? now : own.end().orElse(now);
            Instant allAgain = allFits ? now : all.end().orElse(now);
            return new Reservation.Exhausted(ownAgain.isAfter(allAgain) ? ownAgain : allAgain);
        }
        Spending spending = new Spending(organisation, analyst, terms.perQuery(), clock.instant());
        keeper.keep(spending);
        add(spending);
        return new Reservation.Granted(left(organisation, analyst));
    }

    /** How much an analyst of an organisation still has, as ε; never below 0. */
    public synchronized BigDecimal left(String organisation, String analyst) {
        return left(own(organisation, analyst), terms.epsilon())
                .min(left(all(organisation), terms.organisation()))
                .max(BigDecimal.ZERO);
    }

    private BigDecimal left(Window window, BigDecimal epsilon) {
        return window.taken().signum() == 0 ? epsilon : epsilon.subtract(accounting.epsilon(window.taken()));
    }

    private boolean fits(Window window, BigDecimal epsilon) {
        return window.taken().add(accounting.cost(terms.perQuery())).compareTo(accounting.total(epsilon)) <= 0;
    }

    private Window own(String organisation, String analyst) {
        return window(organisation, one -> one.analyst().equals(analyst));
    }

    private Window all(String organisation) {
        return window(organisation, one -> true);
    }

    private Window window(String organisation, Predicate<Spending> whose) {
        BigDecimal taken = BigDecimal.ZERO;
        Optional<Instant> end = Optional.empty();
        for (Spending one : spent.getOrDefault(organisation, List.of())) {
            if (whose.test(one)) {
                if (end.isEmpty() || !one.at().isBefore(end.get())) {
                    taken = BigDecimal.ZERO;
                    end = Optional.of(after(one.at(), terms.refresh()));
                }
                taken = taken.add(accounting.cost(one.epsilon()));
            }
        }
        boolean over = end.map(e -> !clock.instant().isBefore(e)).orElse(true);
        return over ? new Window(BigDecimal.ZERO, Optional.empty()) : new Window(taken, end);
    }

    private static Instant after(Instant start, Period period) {
        return start.atZone(ZoneOffset.UTC).plus(period).toInstant();
    }
}
