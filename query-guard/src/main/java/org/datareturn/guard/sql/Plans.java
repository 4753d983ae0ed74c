package org.datareturn.guard.sql;

import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.datareturn.guard.GuardReason;
import org.datareturn.guard.QueryRefused;
import org.datareturn.policy.Refusal;

/** Questions about a plan's shape. */
final class Plans {
    private Plans() {}

    /** Whether an aggregate stands directly on base tables. */
    static boolean onBase(LogicalAggregate aggregate) {
        return holds(aggregate.getInput(), TableScan.class) && !holds(aggregate.getInput(), Aggregate.class);
    }

    /** Whether a plan holds a node of a kind, sub-queries in expressions aside. */
    static boolean holds(RelNode node, Class<? extends RelNode> kind) {
        if (kind.isInstance(node)) {
            return true;
        }
        for (RelNode input : node.getInputs()) {
            if (holds(input, kind)) {
                return true;
            }
        }
        return false;
    }

    /** A shape that is not read. */
    static QueryRefused refused() {
        return new QueryRefused(Refusal.of(GuardReason.SUBQUERY)
                .withHint(
                        "子查询须各自先用 GROUP BY 汇总，再连接或计算。",
                        "Let each sub-query aggregate first; then join or compute with the results."));
    }
}
