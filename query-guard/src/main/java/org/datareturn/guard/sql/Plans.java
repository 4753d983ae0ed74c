package org.datareturn.guard.sql;

import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.datareturn.guard.GuardReason;
import org.datareturn.guard.QueryRefused;
import org.datareturn.policy.Refusal;

/** Questions about a plan's shape. */
final class Plans {
    private Plans() {}

    /** Whether an aggregate stands directly on base tables. */
    static boolean onBase(LogicalAggregate aggregate) {
        return pure(aggregate.getInput());
    }

    /** Whether a plan is rows of base tables and nothing else. */
    static boolean pure(RelNode node) {
        return holds(node, TableScan.class) && !holds(node, Aggregate.class) && !asks(node);
    }

    /** Whether every base table of a plan is aggregated in it. */
    static boolean aggregated(RelNode node) {
        return node instanceof Aggregate
                || (!(node instanceof TableScan) && node.getInputs().stream().allMatch(Plans::aggregated));
    }

    private static boolean asks(RelNode node) {
        boolean[] found = {false};
        node.accept(new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery query) {
                found[0] = true;
                return query;
            }
        });
        return found[0] || node.getInputs().stream().anyMatch(Plans::asks);
    }

    /** Whether an expression has a sub-query in it. */
    static boolean asks(RexNode expression) {
        return RexUtil.SubQueryFinder.find(expression) != null;
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
