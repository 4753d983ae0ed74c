package org.datareturn.guard.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * What was found of a template before anybody used it. It tells of data more than an answer does, if coarsely: it is for
 * reviewers, not for those who submit templates.
 *
 * @param bindings how many different questions the template can ask
 * @param tried how many of them were looked at: all, or the ends of every range and others evenly between
 * @param depth how far they were looked at
 * @param answered how many of those tried would be answered, one after the other, to somebody who was told nothing before
 * @param findings why the others would not be
 * @param mostGroupsWithheld the most groups left out of one answer, as the answer itself would say it
 * @param touched persons behind one answer; empty when no data were read
 * @param cost what it costs, in zones with a budget
 */
public record Assessment(
        BigInteger bindings,
        int tried,
        Depth depth,
        int answered,
        List<Finding> findings,
        int mostGroupsWithheld,
        Optional<Touched> touched,
        Optional<Cost> cost) {

    /** How far bindings were looked at. */
    public enum Depth {
        /** By the guard's rules alone; no data were read, because under differential privacy nothing may be for free. */
        PLANNED,
        /** Asked on trial, in order, against one blank memory: guard, engine, audit and disclosure control. */
        REHEARSED
    }

    /**
     * A reason bindings would be refused for.
     *
     * @param reason its code
     * @param bindings how many of those tried
     */
    public record Finding(String reason, int bindings) {}

    /**
     * Persons behind one answer, as powers of ten times the zone's least group: 10 stands for 10 to 99 where that is 10.
     * 0 stands for fewer than that.
     *
     * @param fewest of the binding with the fewest
     * @param most of the binding with the most
     * @param smallestGroup of the smallest group among all answers
     */
    public record Touched(long fewest, long most, long smallestGroup) {}

    /**
     * What bindings cost.
     *
     * @param epsilonPerRun of a binding not answered before
     * @param runs how many such bindings an analyst's whole budget pays for
     */
    public record Cost(BigDecimal epsilonPerRun, long runs) {}

    public Assessment {
        findings = List.copyOf(findings);
    }

    /** Whether every question the template can ask was looked at, so that nothing is left to guess. */
    public boolean exhaustive() {
        return bindings.equals(BigInteger.valueOf(tried));
    }
}
