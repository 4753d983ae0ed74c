package org.datareturn.guard.declaration;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads a zone's declaration strictly: whatever is unknown, missing or contradictory is a problem, named by its path in
 * the document and its line. Stateless and thread-safe.
 */
public final class DeclarationReader {
    private static final String NAME = "[A-Za-z_][A-Za-z0-9_]{0,62}";
    private static final int MOST = 1_000_000;

    private DeclarationReader() {}

    /**
     * Reads a declaration.
     *
     * @param yaml the document
     * @throws DeclarationException when anything is wrong with it, listing all of it
     */
    public static ZoneDeclaration read(String yaml) throws DeclarationException {
        List<DeclarationException.Problem> problems = new ArrayList<>();
        DeclarationCursor root = new DeclarationCursor(YamlNode.read(yaml), "", problems);
        Map<String, DeclarationCursor> entries =
                root.entries(Set.of("zone", "title", "engine", "answers", "release", "tables", "joins"));
        Optional<String> zone = root.required(entries, "zone")
                .flatMap(c -> c.matching("[a-z0-9-]{1,63}", "a name of [a-z0-9-]", "由 [a-z0-9-] 组成的名称"));
        Optional<String> title = optional(entries, "title").flatMap(DeclarationCursor::text);
        ZoneDeclaration.Engine engine = optional(entries, "engine")
                .flatMap(c -> c.oneOf(List.of("embedded", "postgresql", "trino")))
                .map(text -> ZoneDeclaration.Engine.valueOf(text.toUpperCase(Locale.ROOT)))
                .orElse(ZoneDeclaration.Engine.EMBEDDED);
        boolean approvedOnly = optional(entries, "answers")
                .flatMap(c -> c.oneOf(List.of("ad-hoc", "approved-only")))
                .filter("approved-only"::equals)
                .isPresent();
        Optional<ReleaseFloor> release = root.required(entries, "release").flatMap(DeclarationReader::release);
        List<TableDeclaration> tables = new ArrayList<>();
        root.required(entries, "tables").ifPresent(c -> {
            Set<String> names = new HashSet<>();
            c.entries().forEach((name, table) -> {
                checkName(name, table, names);
                TableReader.read(name, table).ifPresent(tables::add);
            });
            if (c.entries().isEmpty()) {
                c.problem("a zone has at least one table", "专区至少有一张表");
            }
        });
        List<JoinDeclaration> joins = new ArrayList<>();
        optional(entries, "joins").ifPresent(c -> {
            for (DeclarationCursor item : c.items()) {
                join(item, tables).ifPresent(joins::add);
            }
        });
        if (!problems.isEmpty() || zone.isEmpty() || release.isEmpty()) {
            throw new DeclarationException(problems);
        }
        return new ZoneDeclaration(
                zone.get(),
                title.orElse(zone.get()),
                engine,
                approvedOnly ? ZoneDeclaration.Answers.APPROVED_ONLY : ZoneDeclaration.Answers.AD_HOC,
                release.get(),
                tables,
                joins);
    }

    static Optional<DeclarationCursor> optional(Map<String, DeclarationCursor> entries, String key) {
        return Optional.ofNullable(entries.get(key));
    }

    static void checkName(String name, DeclarationCursor at, Set<String> seen) {
        if (!name.matches(NAME)) {
            at.problem("\"" + name + "\" is not a name of letters, digits and _", "\"" + name + "\" 不是由字母、数字和 _ 组成的名称");
        }
        if (!seen.add(name.toLowerCase(Locale.ROOT))) {
            at.problem("\"" + name + "\" is declared twice", "\"" + name + "\" 声明了两次");
        }
    }

    private static Optional<ReleaseFloor> release(DeclarationCursor at) {
        Map<String, DeclarationCursor> entries =
                at.entries(Set.of("min_group_size", "dominance", "rounding", "noise", "budget", "answer_grid"));
        OptionalInt minGroupSize = at.required(entries, "min_group_size")
                .map(c -> c.whole(ReleaseFloor.LEAST_GROUP_SIZE, MOST))
                .orElse(OptionalInt.empty());
        Optional<ReleaseFloor.Dominance> dominance =
                at.required(entries, "dominance").flatMap(DeclarationReader::dominance);
        OptionalInt rounding =
                at.required(entries, "rounding").map(c -> c.whole(1, MOST)).orElse(OptionalInt.empty());
        Optional<ReleaseFloor.Noise> noise = at.required(entries, "noise")
                .flatMap(c -> c.oneOf(List.of("none", "sticky", "dp")))
                .map(text -> ReleaseFloor.Noise.valueOf(text.toUpperCase(Locale.ROOT)));
        Optional<ReleaseFloor.Budget> budget = optional(entries, "budget").flatMap(DeclarationReader::budget);
        boolean dp = noise.filter(n -> n == ReleaseFloor.Noise.DP).isPresent();
        if (dp && !entries.containsKey("budget")) {
            at.problem("noise dp needs a \"budget\"", "noise 为 dp 时必须给出 \"budget\"");
        }
        if (noise.isPresent() && !dp && entries.containsKey("budget")) {
            at.problem("a \"budget\" is for noise dp only", "只有 noise 为 dp 时才可给出 \"budget\"");
        }
        if (minGroupSize.isEmpty()
                || dominance.isEmpty()
                || rounding.isEmpty()
                || noise.isEmpty()
                || dp != budget.isPresent()) {
            return Optional.empty();
        }
        Optional<DeclarationCursor> grid = optional(entries, "answer_grid");
        Optional<Duration> step = grid.isEmpty() ? Optional.of(Duration.ZERO) : duration(grid.get());
        return step.map(answerGrid -> new ReleaseFloor(
                minGroupSize.getAsInt(), dominance.get(), rounding.getAsInt(), noise.get(), budget, answerGrid));
    }

    private static Optional<Duration> duration(DeclarationCursor at) {
        String most = ReleaseFloor.LONGEST_GRID.toString();
        return at.matching("PT.{1,20}", "a time such as PT0.5S", "时长，例如 PT0.5S").flatMap(text -> {
            try {
                Duration step = Duration.parse(text);
                if (step.isPositive() && step.compareTo(ReleaseFloor.LONGEST_GRID) <= 0) {
                    return Optional.of(step);
                }
            } catch (DateTimeException notATime) {
                // reported below with the times that are out of range
            }
            at.problem(
                    "\"" + text + "\" is not a time above 0 and up to " + most,
                    "\"" + text + "\" 不是大于 0 且不超过 " + most + " 的时长");
            return Optional.empty();
        });
    }

    private static Optional<ReleaseFloor.Dominance> dominance(DeclarationCursor at) {
        Map<String, DeclarationCursor> entries = at.entries(Set.of("largest", "percent"));
        OptionalInt largest =
                at.required(entries, "largest").map(c -> c.whole(1, 100)).orElse(OptionalInt.empty());
        OptionalInt percent =
                at.required(entries, "percent").map(c -> c.whole(1, 99)).orElse(OptionalInt.empty());
        return largest.isPresent() && percent.isPresent()
                ? Optional.of(new ReleaseFloor.Dominance(largest.getAsInt(), percent.getAsInt()))
                : Optional.empty();
    }

    private static Optional<ReleaseFloor.Budget> budget(DeclarationCursor at) {
        Map<String, DeclarationCursor> entries = at.entries(Set.of(
                "epsilon", "per_query", "refresh", "organisation", "delta", "rows_per_subject", "groups_per_subject"));
        Optional<BigDecimal> epsilon = at.required(entries, "epsilon").flatMap(DeclarationReader::positive);
        Optional<BigDecimal> perQuery = at.required(entries, "per_query").flatMap(DeclarationReader::positive);
        Optional<Period> refresh = at.required(entries, "refresh").flatMap(DeclarationReader::period);
        if (epsilon.isEmpty() || perQuery.isEmpty() || refresh.isEmpty()) {
            return Optional.empty();
        }
        if (perQuery.get().compareTo(epsilon.get()) > 0) {
            at.problem("per_query must not exceed epsilon", "per_query 不得大于 epsilon");
            return Optional.empty();
        }
        return Optional.of(new ReleaseFloor.Budget(
                epsilon.get(),
                perQuery.get(),
                refresh.get(),
                organisationTotal(entries, epsilon.get()),
                optional(entries, "delta").flatMap(DeclarationReader::smallProbability),
                contribution(entries)));
    }

    private static BigDecimal organisationTotal(Map<String, DeclarationCursor> entries, BigDecimal epsilon) {
        Optional<DeclarationCursor> at = optional(entries, "organisation");
        BigDecimal total = at.flatMap(DeclarationReader::positive).orElse(epsilon);
        if (total.compareTo(epsilon) < 0) {
            at.ifPresent(c -> c.problem("organisation must not be less than epsilon", "organisation 不得小于 epsilon"));
        }
        return total;
    }

    private static Optional<BigDecimal> smallProbability(DeclarationCursor at) {
        return positive(at).filter(value -> {
            boolean small = value.compareTo(new BigDecimal("0.001")) <= 0;
            if (!small) {
                at.problem("delta must not exceed 0.001", "delta 不得大于 0.001");
            }
            return small;
        });
    }

    private static ReleaseFloor.Contribution contribution(Map<String, DeclarationCursor> entries) {
        ReleaseFloor.Contribution standard = ReleaseFloor.Contribution.STANDARD;
        int rows = optional(entries, "rows_per_subject")
                .map(c -> c.whole(1, MOST))
                .orElse(OptionalInt.of(standard.rows()))
                .orElse(standard.rows());
        int groups = optional(entries, "groups_per_subject")
                .map(c -> c.whole(1, MOST))
                .orElse(OptionalInt.of(standard.groups()))
                .orElse(standard.groups());
        return new ReleaseFloor.Contribution(rows, Math.min(rows, groups));
    }

    private static Optional<BigDecimal> positive(DeclarationCursor at) {
        return at.matching("\\d{1,9}(\\.\\d{1,9})?", "a positive number", "正数")
                .map(BigDecimal::new)
                .filter(value -> {
                    if (value.signum() == 0) {
                        at.problem("must be greater than 0", "必须大于 0");
                    }
                    return value.signum() > 0;
                });
    }

    private static Optional<Period> period(DeclarationCursor at) {
        Optional<String> text = at.text();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            Period period = Period.parse(text.get());
            if (!period.isNegative() && !period.isZero()) {
                return Optional.of(period);
            }
        } catch (DateTimeException notAPeriod) {
            // reported below with the periods that are not positive
        }
        at.problem(
                "\"" + text.get() + "\" is not a positive ISO 8601 period", "\"" + text.get() + "\" 不是正的 ISO 8601 时段");
        return Optional.empty();
    }

    private static Optional<JoinDeclaration> join(DeclarationCursor at, List<TableDeclaration> tables) {
        Optional<String> text = at.matching(
                NAME + "\\." + NAME + "\\s*=\\s*" + NAME + "\\." + NAME,
                "of the form table.column = table.column",
                "“表.列 = 表.列”的形式");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String[] sides = text.get().split("\\s*=\\s*", -1);
        Optional<Side> left = side(at, sides[0], tables);
        Optional<Side> right = side(at, sides[1], tables);
        if (left.isEmpty() || right.isEmpty()) {
            return Optional.empty();
        }
        TableDeclaration leftTable = left.get().table();
        TableDeclaration rightTable = right.get().table();
        if (leftTable.name().equals(rightTable.name())) {
            at.problem("a table is not joined with itself", "表不能与自身连接");
            return Optional.empty();
        }
        if (!left.get().column().type().equals(right.get().column().type())) {
            at.problem("the two columns differ in type", "两列的类型不同");
        }
        boolean persons =
                leftTable.subject().isPresent() && rightTable.subject().isPresent();
        if (persons && !(left.get().column().subject() && right.get().column().subject())) {
            at.problem(
                    "two tables about persons are joined on their subject columns only", "两张含个人的表只能按各自的 subject 列连接");
        }
        return Optional.of(new JoinDeclaration(
                leftTable.name(),
                left.get().column().name(),
                rightTable.name(),
                right.get().column().name()));
    }

    private record Side(TableDeclaration table, ColumnDeclaration column) {}

    private static Optional<Side> side(DeclarationCursor at, String text, List<TableDeclaration> tables) {
        String[] parts = text.split("\\.", -1);
        Optional<TableDeclaration> table =
                tables.stream().filter(t -> t.name().equals(parts[0])).findFirst();
        Optional<ColumnDeclaration> column = table.flatMap(t -> t.column(parts[1]));
        if (table.isEmpty() || column.isEmpty()) {
            at.problem("\"" + text + "\" is not a declared column", "\"" + text + "\" 不是已声明的列");
            return Optional.empty();
        }
        Set<Use> uses = column.get().uses();
        if (!uses.contains(Use.SUBJECT) && !uses.contains(Use.JOIN) && !uses.contains(Use.PUBLIC)) {
            at.problem(
                    "\"" + text + "\" may not be joined on; its use must be subject, join or public",
                    "\"" + text + "\" 不可用于连接；其 use 须为 subject、join 或 public");
            return Optional.empty();
        }
        return Optional.of(new Side(table.get(), column.get()));
    }
}
