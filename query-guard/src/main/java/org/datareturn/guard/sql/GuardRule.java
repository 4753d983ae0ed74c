package org.datareturn.guard.sql;

import java.util.Optional;
import org.apache.calcite.sql.SqlNode;
import org.datareturn.guard.GuardReason;
import org.datareturn.policy.Refusal;

/**
 * A rule on the shape of a query's parse tree. Rules give early, pointed refusals; whatever they let pass must still be
 * read, node by node from an allow-list, by {@link PlanReader}. Stateless.
 */
interface GuardRule {
    /** The code it refuses with. */
    GuardReason reason();

    /** Refuses a tree, or lets it pass. */
    Optional<Refusal> check(SqlNode tree);
}
