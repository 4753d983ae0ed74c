package org.datareturn.verifier.probing;

/**
 * Where a no is entered. One that a condition gave to somebody who was identified counts for no search, yet it is read and
 * written in the same steps as one that counts, so that the work does not tell them apart.
 */
enum Side {
    /** Where it counts. */
    COUNTED {
        @Override
        String of(String cell) {
            return cell;
        }
    },
    /** Beside: nobody looks at what is entered there. */
    ASIDE {
        @Override
        String of(String cell) {
            // Cells are random tokens: turned about, one is another's only by chance.
            int half = cell.length() / 2;
            return cell.substring(half) + cell.substring(0, half);
        }
    };

    abstract String of(String cell);
}
