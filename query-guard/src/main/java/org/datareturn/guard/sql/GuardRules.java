package org.datareturn.guard.sql;

import java.util.List;

/** The rules a query's parse tree must pass, in the order they are asked. */
final class GuardRules {
    private GuardRules() {}

    /** The rules of this version. A new rule is one class and one line here. */
    static List<GuardRule> standard() {
        return List.of(new StatementRule(), new ComplexityRule(), new SamplingRule(), new AggregateRule());
    }
}
