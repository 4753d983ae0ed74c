package org.datareturn.guard.plan;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * A table of released values, in the place of an aggregate of the caller's query: its keys, then its values.
 *
 * @param keys its keys
 * @param values how many values follow the keys
 * @param branches its rows: one branch for each grouping set
 */
public record Leaf(List<Key> keys, int values, List<Branch> branches) {
    public Leaf {
        keys = List.copyOf(keys);
        branches = List.copyOf(branches);
    }

    /**
     * A key.
     *
     * @param sqlType its type; empty when it is one of {@code labels}
     * @param labels the labels of its bands, in their order
     */
    public record Key(String sqlType, List<String> labels) {
        public Key {
            labels = List.copyOf(labels);
        }
    }

    /**
     * Rows of one grouping set. The groups are those of all sources together; what a source does not have of a group
     * is null.
     *
     * @param grouped for each key of the leaf its place among the keys of the sources, or empty when it is null
     * @param sources released values, by key
     * @param expressions the leaf's values over the sources' columns {@link #source}, in the scratch engine's SQL
     */
    public record Branch(List<Optional<Integer>> grouped, List<Source> sources, List<Expression> expressions) {
        public Branch {
            grouped = List.copyOf(grouped);
            sources = List.copyOf(sources);
            expressions = List.copyOf(expressions);
        }
    }

    /**
     * A value of a branch.
     *
     * @param sql the value
     * @param source the source it is without a change, when it is one
     */
    public record Expression(String sql, Optional<Integer> source) {}

    /** Where a released value comes from. */
    public sealed interface Source {
        /** The query it is released with. */
        int cell();

        /** An aggregate of a cell query. */
        record Value(int cell, int aggregate) implements Source {}

        /**
         * A quantile read off a histogram of released counts.
         *
         * @param cell the query whose last key is the bin and whose only aggregate counts
         * @param fraction 0 for the lower edge of the first bin, 1 for the upper edge of the last, else the quantile
         */
        record Quantile(int cell, BigDecimal fraction) implements Source {}
    }

    /** The name of a source's column. */
    public static String source(int index) {
        return "v" + index;
    }
}
