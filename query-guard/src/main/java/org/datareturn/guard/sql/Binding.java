package org.datareturn.guard.sql;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.DateString;
import org.datareturn.guard.GuardReason;
import org.datareturn.guard.QueryRefused;
import org.datareturn.policy.Refusal;
import org.jspecify.annotations.Nullable;

/** Puts typed literals into a parse tree where it has {@code ?}: a value is never part of a text that is parsed. */
final class Binding extends SqlShuttle {
    private final List<Object> literals;
    private int places;
    private boolean missing;

    private Binding(List<Object> literals) {
        this.literals = literals;
    }

    /**
     * The tree with its places filled.
     *
     * @throws QueryRefused when it has more or fewer places than there are literals
     */
    static SqlNode of(SqlNode tree, List<Object> literals) throws QueryRefused {
        if (literals.isEmpty()) {
            // A place without a value is refused by what comes next, as it is in any SQL.
            return tree;
        }
        Binding binding = new Binding(literals);
        SqlNode bound = tree.accept(binding);
        if (bound == null || binding.missing || binding.places != literals.size()) {
            throw new QueryRefused(
                    Refusal.of(GuardReason.TEMPLATE_PARAMETERS_DIFFER, binding.places + "/" + literals.size()));
        }
        return bound;
    }

    @Override
    public @Nullable SqlNode visit(SqlDynamicParam place) {
        places++;
        if (place.getIndex() >= literals.size()) {
            missing = true;
            return place;
        }
        SqlParserPos at = place.getParserPosition();
        return switch (literals.get(place.getIndex())) {
            case Long whole -> SqlLiteral.createExactNumeric(whole.toString(), at);
            case BigDecimal decimal -> SqlLiteral.createExactNumeric(decimal.toPlainString(), at);
            case String text -> SqlLiteral.createCharString(text, at);
            case LocalDate day -> SqlLiteral.createDate(new DateString(day.toString()), at);
            case Boolean truth -> SqlLiteral.createBoolean(truth, at);
            case Object other -> throw new IllegalStateException("no literal for a " + other.getClass());
        };
    }
}
