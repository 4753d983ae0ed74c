package org.datareturn.guard;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.declaration.ReleaseFloor;
import org.datareturn.guard.plan.ZoneFacts;
import org.datareturn.guard.template.Assessment;
import org.datareturn.guard.template.QueryTemplate;
import org.datareturn.policy.AuthorisedCall;
import org.roaringbitmap.RoaringBitmap;

/**
 * Asks a template's bindings on trial. First by the rules alone, as if every constant were common: what is refused then
 * is refused whatever the data are, and the submitter may know it. Then, where no privacy budget forbids it, as somebody
 * would who asks one binding after the other and was told nothing before: guard, engine, audit and disclosure control, so
 * that differences between bindings are met by the audit that will meet them later. One assessment, one thread.
 */
final class Rehearsal {
    /** The most bindings tried; each is planned once and at most once run. */
    static final int MOST = 64;

    private static final BigInteger MOST_BINDINGS = BigInteger.valueOf(MOST);

    private final Guard guard;
    private final ReleaseFloor floor;
    private final ZoneEngine engine;
    private final DisclosureControl trial;
    private final Population population;
    private final ZoneFacts facts;
    private final String edition;

    private final Map<String, Integer> findings = new TreeMap<>();
    private final List<Long> touched = new ArrayList<>();
    private int answered;
    private int withheld;
    private long smallest = Long.MAX_VALUE;

    Rehearsal(
            Guard guard,
            ReleaseFloor floor,
            ZoneEngine engine,
            DisclosureControl trial,
            Population population,
            ZoneFacts facts,
            String edition) {
        this.guard = guard;
        this.floor = floor;
        this.engine = engine;
        this.trial = trial;
        this.population = population;
        this.facts = facts;
        this.edition = edition;
    }

    /** Assesses a template for a caller; refused when a binding breaks a rule whatever the data are. */
    Assessment of(AuthorisedCall call, QueryTemplate template) throws QueryRefused {
        List<BigInteger> tried = tried(template);
        for (BigInteger index : tried) {
            // Under a name of its own: what is read of these facts must not be taken for a reading of the edition's.
            guard.check(call, template.binding(index), new AnyData(facts), "any data/" + edition);
        }
        boolean budgeted = floor.budget().isPresent();
        for (BigInteger index : budgeted ? List.<BigInteger>of() : tried) {
            ask(call, template, index);
        }
        return new Assessment(
                template.bindings(),
                tried.size(),
                budgeted ? Assessment.Depth.PLANNED : Assessment.Depth.REHEARSED,
                budgeted ? tried.size() : answered,
                findings.entrySet().stream()
                        .map(found -> new Assessment.Finding(found.getKey(), found.getValue()))
                        .toList(),
                withheld,
                touched(),
                floor.budget().map(Rehearsal::cost));
    }

    private void ask(AuthorisedCall call, QueryTemplate template, BigInteger index) {
        try {
            GuardedQuestion question = guard.check(call, template.binding(index), facts, edition);
            List<RawResult> raws = new ArrayList<>();
            long persons = 0;
            for (GuardedQuery query : question.queries()) {
                RawResult raw = engine.run(query);
                raws.add(raw);
                persons = Math.max(persons, persons(raw));
            }
            Released released = trial.release(question, raws, population, edition, Optional.empty());
            answered++;
            touched.add(persons);
            withheld = Math.max(withheld, released.suppressedGroups());
        } catch (QueryRefused refused) {
            findings.merge(refused.refusal().reason().name(), 1, Integer::sum);
        }
    }

    private long persons(RawResult raw) {
        String fact = raw.query().query().fact();
        RoaringBitmap all = new RoaringBitmap();
        for (RawResult.Group group : raw.groups()) {
            all.or(group.rows());
            smallest = Math.min(smallest, population.subjectCount(fact, group.rows()));
        }
        return population.subjectCount(fact, all);
    }

    private Optional<Assessment.Touched> touched() {
        return touched.isEmpty()
                ? Optional.empty()
                : Optional.of(new Assessment.Touched(
                        band(touched.stream().mapToLong(Long::longValue).min().orElse(0)),
                        band(touched.stream().mapToLong(Long::longValue).max().orElse(0)),
                        band(smallest == Long.MAX_VALUE ? 0 : smallest)));
    }

    /** The greatest power of ten times the least group that is not more than a number of persons. */
    private long band(long persons) {
        long band = 0;
        for (long edge = floor.minGroupSize(); edge <= persons; edge *= 10) {
            band = edge;
        }
        return band;
    }

    private static Assessment.Cost cost(ReleaseFloor.Budget terms) {
        BigDecimal runs = terms.epsilon().divide(terms.perQuery(), 0, RoundingMode.DOWN);
        return new Assessment.Cost(terms.perQuery(), runs.longValue());
    }

    /** All bindings when they are few, else the ends of every range and others evenly between. */
    private static List<BigInteger> tried(QueryTemplate template) {
        BigInteger all = template.bindings();
        Set<BigInteger> chosen = new LinkedHashSet<>();
        if (all.compareTo(MOST_BINDINGS) <= 0) {
            for (int i = 0; i < all.intValueExact(); i++) {
                chosen.add(BigInteger.valueOf(i));
            }
            return List.copyOf(chosen);
        }
        BigInteger last = all.subtract(BigInteger.ONE);
        chosen.add(BigInteger.ZERO);
        chosen.add(last);
        BigInteger weight = BigInteger.ONE;
        for (var parameter : template.parameters().reversed()) {
            BigInteger end = weight.multiply(parameter.domain().size().subtract(BigInteger.ONE));
            chosen.add(end);
            chosen.add(last.subtract(end));
            weight = weight.multiply(parameter.domain().size());
        }
        for (int i = 0; chosen.size() < MOST && i < MOST; i++) {
            chosen.add(last.multiply(BigInteger.valueOf(i)).divide(MOST_BINDINGS.subtract(BigInteger.ONE)));
        }
        return chosen.stream().sorted().toList();
    }

    /** As if every constant were common: what is refused even so is refused whatever the data are. */
    private record AnyData(ZoneFacts exact) implements ZoneFacts {
        @Override
        public boolean publishable(String table, ColumnDeclaration column, Object value, int minGroupSize) {
            return true;
        }

        @Override
        public boolean unique(String table, String column) {
            return exact.unique(table, column);
        }

        @Override
        public boolean personal(String table) {
            return exact.personal(table);
        }
    }
}
