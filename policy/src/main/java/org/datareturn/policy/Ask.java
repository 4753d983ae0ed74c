package org.datareturn.policy;

import java.util.Set;

/** What a call asks for. */
public sealed interface Ask {
    /** The purpose the caller states; must be the grant's. */
    Purpose purpose();

    /** Administrative division the question concerns. */
    String region();

    /**
     * A verification by a product.
     *
     * @param product the product's name
     * @param fields request fields that are sent
     */
    record Verify(String product, Set<String> fields, Purpose purpose, String region) implements Ask {
        public Verify {
            fields = Set.copyOf(fields);
        }
    }

    /**
     * A query in a data zone. Its columns are known only once it is parsed, so the decision carries the columns that
     * may be used as an obligation, and the guard holds the query to them.
     *
     * @param zone the zone's name
     */
    record Query(String zone, Purpose purpose, String region) implements Ask {}
}
