package org.datareturn.guard.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.rel2sql.RelToSqlConverter;
import org.apache.calcite.sql.SqlDialect;
import org.datareturn.guard.GuardReason;
import org.datareturn.guard.QueryRefused;
import org.datareturn.guard.plan.Question;
import org.datareturn.guard.plan.VisibleZone;
import org.datareturn.guard.plan.ZoneFacts;
import org.datareturn.policy.Refusal;

/**
 * Reads a validated plan into a {@link Question}: what is asked of the data, and SQL over released rows for the rest. Any
 * plan that is not read node by node from an allow-list is refused, whatever its text was.
 */
final class PlanReader {
    private final VisibleZone zone;
    private final ZoneFacts facts;
    private final int minGroupSize;

    PlanReader(VisibleZone zone, ZoneFacts facts, int minGroupSize) {
        this.zone = zone;
        this.facts = facts;
        this.minGroupSize = minGroupSize;
    }

    Question read(RelRoot root) throws QueryRefused {
        LeafReader reader = new LeafReader(zone, facts, minGroupSize);
        OuterReader outer = new OuterReader(reader);
        OuterReader.Cut cut = outer.cut(root.rel);
        if (outer.leaves().isEmpty()) {
            throw new QueryRefused(Refusal.of(GuardReason.NO_SUBJECT_TABLE));
        }
        List<Question.Column> columns = new ArrayList<>();
        List<String> names = root.validatedRowType.getFieldNames();
        for (int i = 0; i < root.fields.size(); i++) {
            int place = root.fields.get(i).getKey();
            columns.add(new Question.Column(
                    names.get(i), place, cut.fields().get(place).origin()));
        }
        return new Question(reader.cells(), outer.leaves(), sql(cut.rel()), columns);
    }

    private static String sql(RelNode plan) {
        SqlDialect dialect = ScratchDialect.standard();
        return new RelToSqlConverter(dialect)
                .visitRoot(plan)
                .asStatement()
                .toSqlString(c -> c.withDialect(dialect)
                        .withQuoteAllIdentifiers(true)
                        .withAlwaysUseParentheses(true)
                        .withSelectListItemsOnSeparateLines(false)
                        .withUpdateSetListNewline(false)
                        .withIndentation(0))
                .getSql();
    }
}
