package org.datareturn.guard.plan;

import java.util.List;
import java.util.Optional;
import org.datareturn.guard.declaration.ColumnDeclaration;

/**
 * A column that base cells are formed by, and how finely.
 *
 * @param table its table
 * @param column the column
 * @param split how finely the engine divides by it
 * @param tests the expressions over its value, {@code $0}, that the query uses, when it uses nothing else of it: values for
 *     which all of them are equal form one cell. So a condition divides rows into those that meet it and those that do not,
 *     however many values there are
 */
public record BaseColumn(String table, ColumnDeclaration column, Split split, Optional<List<Expr>> tests) {
    public BaseColumn {
        tests = tests.map(List::copyOf);
    }

    /** How finely a column divides rows into base cells. */
    public sealed interface Split {
        /** A cell for every value. */
        record ByValue() implements Split {}

        /** A cell for every band. */
        record ByBand() implements Split {}

        /**
         * A cell for every value the query names, and one for all others together.
         *
         * @param values the values named, in a fixed order
         */
        record ByMention(List<Object> values) implements Split {
            public ByMention {
                values = List.copyOf(values);
            }
        }
    }

    /** Stands for every value a query does not name; equal to none of them. */
    public enum Unnamed {
        /** The only one. */
        OTHER
    }
}
