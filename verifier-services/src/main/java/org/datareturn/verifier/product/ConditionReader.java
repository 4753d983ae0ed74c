package org.datareturn.verifier.product;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.datareturn.verifier.normalise.Normalisation;
import org.datareturn.verifier.product.Condition.Operand;
import org.datareturn.verifier.product.Condition.Rule;
import org.datareturn.verifier.registry.RegistrySchema;

/** Reads a condition's three words against the fields and facts of its declaration. Used once, by one thread. */
final class ConditionReader {
    private static final String TODAY = "today";
    private static final String BORN = ".born";
    private static final long MOST_YEARS = 200;

    private final List<ProductField> fields;
    private final List<RegistrySchema.Column> facts;
    private final Consumer<String> problems;

    /**
     * A reader.
     *
     * @param problems takes what is wrong
     */
    ConditionReader(List<ProductField> fields, List<RegistrySchema.Column> facts, Consumer<String> problems) {
        this.fields = fields;
        this.facts = facts;
        this.problems = problems;
    }

    Optional<Condition> read(String text) {
        String[] words = text.strip().split("\\s+", -1);
        if (words.length != 3) {
            problems.accept("must be three words, such as valid_until not-before on; was " + text);
            return Optional.empty();
        }
        Optional<Rule> rule = List.of(Rule.values()).stream()
                .filter(r -> r.word().equals(words[1]))
                .findFirst();
        if (rule.isEmpty()) {
            problems.accept("no such rule: " + words[1]);
            return Optional.empty();
        }
        Optional<Operand> left = operand(words[0], rule.get());
        Optional<Operand> right = operand(words[2], rule.get());
        return left.isPresent() && right.isPresent()
                ? Optional.of(new Condition(left.get(), rule.get(), right.get()))
                : Optional.empty();
    }

    private Optional<Operand> operand(String word, Rule rule) {
        if (word.equals(TODAY) || word.startsWith(TODAY + "-")) {
            return today(word, rule);
        }
        if (word.endsWith(BORN)) {
            String name = word.substring(0, word.length() - BORN.length());
            boolean born = rule.of() == Normalisation.DATE
                    && fields.stream()
                            .anyMatch(f -> f.name().equals(name) && f.normalisation() == Normalisation.ID_NUMBER);
            return born ? Optional.of(new Operand.Born(name)) : unknown(word, rule);
        }
        for (int at = 0; at < facts.size(); at++) {
            if (facts.get(at).name().equals(word) && facts.get(at).normalisation() == rule.of()) {
                return Optional.of(new Operand.Fact(word, at));
            }
        }
        return fields.stream().anyMatch(f -> f.name().equals(word) && f.normalisation() == rule.of())
                ? Optional.of(new Operand.Asked(word))
                : unknown(word, rule);
    }

    private Optional<Operand> today(String word, Rule rule) {
        try {
            Period ago = word.equals(TODAY) ? Period.ZERO : Period.parse(word.substring(TODAY.length() + 1));
            if (isTooLong(ago)) {
                problems.accept("must be at most " + MOST_YEARS + " years ago, was " + word + " / 不得超过 " + MOST_YEARS
                        + " 年，实为 " + word);
                return Optional.empty();
            }
            if (rule.of() == Normalisation.DATE && !ago.isNegative()) {
                return Optional.of(new Operand.Today(ago));
            }
        } catch (DateTimeException noPeriod) {
            problems.accept("must be today or such as today-P18Y, was " + word);
            return Optional.empty();
        }
        return unknown(word, rule);
    }

    /** Longer ones name days that calendars do not reach. */
    private static boolean isTooLong(Period ago) {
        try {
            LocalDate then = LocalDate.EPOCH.minus(ago);
            return then.isBefore(LocalDate.EPOCH.minusYears(MOST_YEARS))
                    || then.isAfter(LocalDate.EPOCH.plusYears(MOST_YEARS));
        } catch (DateTimeException | ArithmeticException beyondCalendars) {
            return true;
        }
    }

    private Optional<Operand> unknown(String word, Rule rule) {
        problems.accept(word + " is no " + rule.of().word() + " among the fields and facts");
        return Optional.empty();
    }
}
