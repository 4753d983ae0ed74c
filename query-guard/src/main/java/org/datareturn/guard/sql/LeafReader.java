package org.datareturn.guard.sql;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;
import org.datareturn.guard.QueryRefused;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.plan.Aggregate;
import org.datareturn.guard.plan.CellQuery;
import org.datareturn.guard.plan.Expr;
import org.datareturn.guard.plan.Leaf;
import org.datareturn.guard.plan.VisibleZone;
import org.datareturn.guard.plan.ZoneFacts;

/**
 * Reads the aggregates that stand directly on base tables: each grouping set, and within it each condition on an
 * aggregate's rows, is a question of its own to the data. One reading, one thread.
 */
final class LeafReader {
    private static final int MOST_CELLS = 64;

    private final VisibleZone zone;
    private final ZoneFacts facts;
    private final int minGroupSize;
    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private final List<CellQuery> cells = new ArrayList<>();

    LeafReader(VisibleZone zone, ZoneFacts facts, int minGroupSize) {
        this.zone = zone;
        this.facts = facts;
        this.minGroupSize = minGroupSize;
    }

    /** The questions to the data found so far, each once. */
    List<CellQuery> cells() {
        return cells;
    }

    /** An aggregate over what was put together of persons, or over an outer join, as one over rows; empty when it is another. */
    Optional<RelNode> byRows(LogicalAggregate aggregate) throws QueryRefused {
        return Plans.onBase(aggregate) ? OuterJoins.of(aggregate) : PerPerson.of(aggregate, zone, facts);
    }

    /** A leaf, and the banded columns among its keys. */
    record Read(Leaf leaf, List<Optional<ColumnDeclaration>> bands) {}

    Read read(LogicalAggregate aggregate) throws QueryRefused {
        Sources sources = new Sources(zone, aggregate);
        List<Expr> fields = sources.read(aggregate.getInput());
        AggregateReader reader = new AggregateReader(sources);
        List<Optional<Asked>> asked = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            boolean marker = call.getAggregation().getKind() == SqlKind.GROUPING;
            asked.add(marker ? Optional.empty() : Optional.of(reader.read(call, fields)));
        }
        JoinShape shape = JoinShape.of(sources, facts, reader.measured());
        List<Leaf.Key> keys = new ArrayList<>();
        List<Optional<ColumnDeclaration>> bands = new ArrayList<>();
        int place = 0;
        for (int field : aggregate.getGroupSet()) {
            Optional<ColumnDeclaration> banded =
                    fields.get(field) instanceof Expr.Input(int index) ? sources.banded(index) : Optional.empty();
            bands.add(banded);
            keys.add(
                    key(banded, aggregate.getRowType().getFieldList().get(place).getType()));
            place++;
        }
        List<Leaf.Branch> branches = new ArrayList<>();
        for (ImmutableBitSet set : aggregate.getGroupSets()) {
            List<Optional<Integer>> grouped = new ArrayList<>();
            List<Expr> exprs = new ArrayList<>();
            for (int field : aggregate.getGroupSet()) {
                grouped.add(set.get(field) ? Optional.of(exprs.size()) : Optional.empty());
                if (set.get(field)) {
                    exprs.add(fields.get(field));
                }
            }
            branches.add(new Grouping(sources, shape, exprs).branch(grouped, asked, aggregate, set));
        }
        asked.forEach(one -> bands.add(Optional.empty()));
        return new Read(new Leaf(keys, asked.size(), branches), bands);
    }

    private static Leaf.Key key(Optional<ColumnDeclaration> banded, RelDataType type) throws QueryRefused {
        List<String> labels = new ArrayList<>();
        if (banded.isPresent()) {
            for (int i = 0; i <= banded.get().bins().size(); i++) {
                labels.add(banded.get().bandLabel(i));
            }
        }
        return new Leaf.Key(labels.isEmpty() ? ScratchDialect.type(type) : "", labels);
    }

    /** One grouping set. */
    private final class Grouping {
        private final Sources sources;
        private final JoinShape shape;
        private final List<Expr> keys;
        private final Map<String, Part> parts = new LinkedHashMap<>();
        private final List<Leaf.Source> placed = new ArrayList<>();

        Grouping(Sources sources, JoinShape shape, List<Expr> keys) {
            this.sources = sources;
            this.shape = shape;
            this.keys = keys;
        }

        /** What is asked under one condition. */
        private record Part(Optional<Expr> mask, Optional<Expr> bins, List<Aggregate> aggregates) {}

        /** A value wanted: an aggregate of a part, and the quantile of its histogram if that is what it is for. */
        private record Wanted(String part, int aggregate, Optional<BigDecimal> fraction) {}

        private final List<Wanted> wanted = new ArrayList<>();

        Leaf.Branch branch(
                List<Optional<Integer>> grouped,
                List<Optional<Asked>> asked,
                LogicalAggregate aggregate,
                ImmutableBitSet set)
                throws QueryRefused {
            List<Leaf.Expression> expressions = new ArrayList<>();
            for (int i = 0; i < asked.size(); i++) {
                expressions.add(
                        asked.get(i).isPresent()
                                ? expression(asked.get(i).get())
                                : new Leaf.Expression(
                                        marker(aggregate.getAggCallList().get(i), set), Optional.empty()));
            }
            if (wanted.isEmpty() || (!keys.isEmpty() && !zone.paid() && onlyUnderConditions())) {
                // Only keys, as of DISTINCT: they are told with the count they stand for. And values under conditions
                // alone
                // would leave out the groups in which nobody meets any.
                value(Optional.empty(), Optional.empty(), new Aggregate.CountRows(), Optional.empty());
            }
            Map<String, Integer> numbered = new LinkedHashMap<>();
            for (Map.Entry<String, Part> part : parts.entrySet().stream()
                    .sorted(Comparator.comparing(
                            entry -> entry.getValue().mask().isPresent()
                                    || entry.getValue().bins().isPresent()))
                    .toList()) {
                numbered.put(part.getKey(), number(part.getValue()));
            }
            for (Wanted one : wanted) {
                int cell = numbered.getOrDefault(one.part(), -1);
                placed.add(
                        one.fraction().isPresent()
                                ? new Leaf.Source.Quantile(cell, one.fraction().get())
                                : new Leaf.Source.Value(cell, one.aggregate()));
            }
            return new Leaf.Branch(grouped, placed, expressions);
        }

        private boolean onlyUnderConditions() {
            return parts.values().stream().allMatch(part -> part.mask().isPresent());
        }

        private int number(Part part) throws QueryRefused {
            Usage usage = new Usage(sources, facts, minGroupSize);
            for (Expr condition : sources.conditions()) {
                usage.condition(condition);
            }
            if (part.mask().isPresent()) {
                usage.mask(part.mask().get());
            }
            List<Expr> all = new ArrayList<>(keys);
            for (Expr key : keys) {
                usage.key(key);
            }
            if (part.bins().isPresent() && part.bins().get() instanceof Expr.Input(int index)) {
                usage.bins(index);
                all.add(part.bins().get());
            }
            for (Aggregate aggregate : part.aggregates()) {
                if (aggregate instanceof Aggregate.CountKeys(Expr key)) {
                    usage.key(key);
                }
            }
            CellQuery cell = usage.query(shape, part.mask(), all, part.aggregates());
            Integer known = numbers.putIfAbsent(cell.canonical(), cells.size());
            if (known == null) {
                cells.add(cell);
                if (cells.size() > MOST_CELLS) {
                    throw TextBounds.refused("> " + MOST_CELLS + " questions to the data");
                }
                return cells.size() - 1;
            }
            return known;
        }

        private Leaf.Expression expression(Asked one) {
            String text = text(one);
            return new Leaf.Expression(
                    text, one instanceof Asked.Single ? Optional.of(wanted.size() - 1) : Optional.empty());
        }

        private String text(Asked one) {
            return switch (one) {
                case Asked.Single(Optional<Expr> mask, Aggregate aggregate) ->
                    value(mask, Optional.empty(), aggregate, Optional.empty());
                case Asked.Total(List<Asked.Term> terms, BigDecimal constant) ->
                    terms.stream()
                            .map(term -> text(term.value()) + " * " + number(term.factor()))
                            .collect(Collectors.joining(" + ", "(", " + " + number(constant) + ")"));
                case Asked.Ratio(Asked part, Asked whole) -> "CAST(" + text(part) + " AS DOUBLE) / " + text(whole);
                case Asked.Spread spread -> spread(spread);
                case Asked.Quantile(Optional<Expr> mask, Expr.Input column, BigDecimal fraction) ->
                    value(mask, Optional.of(column), new Aggregate.CountRows(), Optional.of(fraction));
            };
        }

        private String number(BigDecimal number) {
            BigDecimal plain = number.stripTrailingZeros();
            return plain.scale() <= 0 ? plain.toPlainString() : "CAST(" + plain.toPlainString() + " AS DOUBLE)";
        }

        private String spread(Asked.Spread spread) {
            String mean = "CAST(" + text(new Asked.Single(spread.mask(), new Aggregate.Average(spread.measure())))
                    + " AS DOUBLE)";
            String square = "CAST(" + text(new Asked.Single(spread.mask(), new Aggregate.Average(spread.square())))
                    + " AS DOUBLE)";
            String variance = "GREATEST(" + square + " - " + mean + " * " + mean + ", 0)";
            if (spread.sample()) {
                String count = text(new Asked.Single(spread.mask(), new Aggregate.CountMeasure(spread.measure())));
                variance = "(" + variance + " * " + count + " / (" + count + " - 1))";
            }
            // GREATEST passes over nulls: no mean, no spread.
            String known = "CASE WHEN " + square + " - " + mean + " IS NULL THEN NULL ELSE " + variance + " END";
            return spread.root() ? "SQRT(" + known + ")" : known;
        }

        /** Asks for a value; gives the column it will be in. */
        private String value(
                Optional<Expr> mask, Optional<Expr> bins, Aggregate aggregate, Optional<BigDecimal> fraction) {
            String name = mask + "/" + bins;
            Part part = parts.computeIfAbsent(name, n -> new Part(mask, bins, new ArrayList<>()));
            int index = part.aggregates().indexOf(aggregate);
            if (index < 0) {
                index = part.aggregates().size();
                part.aggregates().add(aggregate);
            }
            wanted.add(new Wanted(name, index, fraction));
            return Leaf.source(wanted.size() - 1);
        }
    }

    /** GROUPING(…): a bit for each column that is rolled up in this set. */
    private static String marker(AggregateCall call, ImmutableBitSet set) {
        long bits = 0;
        for (int field : call.getArgList()) {
            bits = bits * 2 + (set.get(field) ? 0 : 1);
        }
        return Long.toString(bits);
    }
}
