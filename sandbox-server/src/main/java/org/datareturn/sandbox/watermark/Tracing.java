package org.datareturn.sandbox.watermark;

import java.util.List;

/** What tracing a suspect table came to. */
public sealed interface Tracing {
    /**
     * The table was made from this copy.
     *
     * @param recipient whom that copy was given to
     * @param release the release it is of
     * @param score correlation with the recipient's marks over the cells that moved, −1 to 1
     * @param falseAccusationBound proven upper bound on the probability of naming anyone who had no part in the table,
     *     over all candidates
     * @param cells cells compared
     * @param others further recipients whose marks are in the table under the same limit: colluders who mixed copies
     */
    record Traced(
            String recipient,
            String release,
            double score,
            double falseAccusationBound,
            int cells,
            List<Accusation> others)
            implements Tracing {
        public Traced {
            others = List.copyOf(others);
        }
    }

    /**
     * Nobody can be named.
     *
     * @param why why not
     * @param cells most cells compared with any candidate
     * @param cellsNeeded fewest cells that could ever suffice for so many candidates
     */
    record NotTraced(Why why, int cells, int cellsNeeded) implements Tracing {}

    /**
     * A further recipient whose marks are in the table.
     *
     * @param recipient whom the copy was given to
     * @param release the release it is of
     * @param score as in {@link Traced}
     * @param falseAccusationBound as in {@link Traced}
     */
    record Accusation(String recipient, String release, double score, double falseAccusationBound) {}

    /** Why nobody can be named. */
    enum Why {
        /** There is nothing to compare with. */
        NO_CANDIDATES,
        /** The suspect is no table that can be read. */
        UNREADABLE,
        /** None of its rows is of any candidate. */
        NO_COMMON_CELLS,
        /** Too few cells: naming anyone would be guessing, whatever they show. */
        TOO_FEW_CELLS,
        /** Enough cells, but nobody's marks are in them beyond chance. */
        NO_EVIDENCE
    }
}
