package org.datareturn.guard.sql;

import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.RelShuttleImpl;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql2rel.RelDecorrelator;

/** Turns sub-queries that look at the row outside into joins; other plans stay as they are. */
final class Decorrelation {
    private Decorrelation() {}

    /** The plan without correlated sub-queries, as far as that is possible. */
    static RelRoot of(RelRoot root) {
        if (!correlated(root.rel)) {
            return root;
        }
        HepPlanner planner = new HepPlanner(new HepProgramBuilder()
                .addRuleInstance(CoreRules.PROJECT_SUB_QUERY_TO_CORRELATE)
                .addRuleInstance(CoreRules.FILTER_SUB_QUERY_TO_CORRELATE)
                .addRuleInstance(CoreRules.JOIN_SUB_QUERY_TO_CORRELATE)
                .build());
        planner.setRoot(root.rel);
        RelNode joined = planner.findBestExp();
        return root.withRel(RelDecorrelator.decorrelateQuery(
                joined, RelFactories.LOGICAL_BUILDER.create(joined.getCluster(), null)));
    }

    private static boolean correlated(RelNode plan) {
        boolean[] found = {false};
        RexShuttle expressions = new RexShuttle() {
            @Override
            public RexNode visitCorrelVariable(RexCorrelVariable variable) {
                found[0] = true;
                return variable;
            }

            @Override
            public RexNode visitSubQuery(RexSubQuery query) {
                found[0] |= correlated(query.rel);
                return super.visitSubQuery(query);
            }
        };
        plan.accept(new RelShuttleImpl() {
            @Override
            protected RelNode visitChild(RelNode parent, int i, RelNode child) {
                child.accept(expressions);
                return super.visitChild(parent, i, child);
            }
        });
        plan.accept(expressions);
        return found[0];
    }
}
