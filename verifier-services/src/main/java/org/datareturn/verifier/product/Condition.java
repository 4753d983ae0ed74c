package org.datareturn.verifier.product;

import java.time.LocalDate;
import java.time.Period;
import java.util.Map;
import java.util.Optional;
import org.datareturn.verifier.normalise.NormalValue;
import org.datareturn.verifier.normalise.Normalisation;

/**
 * Something that must hold beside agreement, such as {@code valid_until not-before on}: a fact of the registry, a field of the
 * request or today, held against another. Works on plain numbers, in the same steps whatever they are. Immutable.
 *
 * @param left what is held
 * @param rule how
 * @param right against what
 */
public record Condition(Operand left, Rule rule, Operand right) {
    /** How two values are held against each other. */
    public enum Rule {
        /** The left day is the right one or an earlier one. */
        NOT_AFTER("not-after", Normalisation.DATE) {
            @Override
            boolean holds(int left, int right) {
                return left <= right;
            }
        },
        /** The left day is the right one or a later one. */
        NOT_BEFORE("not-before", Normalisation.DATE) {
            @Override
            boolean holds(int left, int right) {
                return left >= right;
            }
        },
        /** The left division is the right one or lies in it. */
        WITHIN("within", Normalisation.REGION) {
            @Override
            boolean holds(int left, int right) {
                int width = right % 10_000 == 0 ? 10_000 : right % 100 == 0 ? 100 : 1;
                return left / width == right / width;
            }
        };

        private final String word;
        private final Normalisation of;

        Rule(String word, Normalisation of) {
            this.word = word;
            this.of = of;
        }

        /** The word for it in declarations. */
        public String word() {
            return word;
        }

        /** The kind of value it is about. */
        public Normalisation of() {
            return of;
        }

        abstract boolean holds(int left, int right);
    }

    /** Where a value comes from. */
    public sealed interface Operand {
        /**
         * A fact of the registry.
         *
         * @param at its place among the facts
         */
        record Fact(String name, int at) implements Operand {}

        /** A field of the request. */
        record Asked(String name) implements Operand {}

        /** The date of birth in a citizen identification number of the request. */
        record Born(String name) implements Operand {}

        /**
         * Today, so long ago.
         *
         * @param ago the zero period for today itself
         */
        record Today(Period ago) implements Operand {}
    }

    /**
     * Whether it holds.
     *
     * @param facts the registry's facts of the subject, in the order declared
     * @param asked the request's values by field
     * @param today the day it is
     */
    public boolean holds(int[] facts, Map<String, NormalValue> asked, LocalDate today) {
        return rule.holds(value(left, facts, asked, today), value(right, facts, asked, today));
    }

    private static int value(Operand operand, int[] facts, Map<String, NormalValue> asked, LocalDate today) {
        return switch (operand) {
            case Operand.Fact(String name, int at) -> facts[at];
            case Operand.Asked(String name) -> field(asked, name).measure();
            case Operand.Born(String name) -> field(asked, name).measure();
            case Operand.Today(Period ago) -> Math.toIntExact(today.minus(ago).toEpochDay());
        };
    }

    private static NormalValue field(Map<String, NormalValue> asked, String name) {
        return Optional.ofNullable(asked.get(name))
                .orElseThrow(() -> new IllegalStateException("a declaration's conditions name its own fields"));
    }
}
