package org.datareturn.guard.plan;

import java.util.List;
import java.util.OptionalInt;

/** A step computed over released rows only, where it can no longer hurt. */
public sealed interface Stage {
    /** New values from old ones. */
    record Project(List<Expr> values) implements Stage {
        public Project {
            values = List.copyOf(values);
        }
    }

    /** Keeps the rows for which a condition holds. */
    record Keep(Expr condition) implements Stage {}

    /**
     * Orders rows, then cuts.
     *
     * @param by what by, foremost first; rows equal in all of it keep their order
     * @param skip rows left out at the beginning
     * @param most rows kept after that, when there is a limit
     */
    record Order(List<By> by, int skip, OptionalInt most) implements Stage {
        public Order {
            by = List.copyOf(by);
        }
    }

    /** One place to order by. */
    record By(int index, boolean descending, boolean nullsFirst) {}
}
