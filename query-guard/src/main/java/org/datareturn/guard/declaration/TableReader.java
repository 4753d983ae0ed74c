package org.datareturn.guard.declaration;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one table of a declaration. */
final class TableReader {
    private static final Set<Use> ALONE = EnumSet.of(Use.SUBJECT, Use.HIDDEN);

    private TableReader() {}

    static Optional<TableDeclaration> read(String name, DeclarationCursor at) {
        Map<String, DeclarationCursor> entries = at.entries(Set.of("columns", "rows"));
        Optional<DeclarationCursor> columnsAt = at.required(entries, "columns");
        if (columnsAt.isEmpty()) {
            return Optional.empty();
        }
        List<ColumnDeclaration> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Map<String, DeclarationCursor> children = columnsAt.get().entries();
        children.forEach((columnName, column) -> {
            DeclarationReader.checkName(columnName, column, names);
            column(columnName, column).ifPresent(columns::add);
        });
        if (columns.size() != children.size() || columns.isEmpty()) {
            if (children.isEmpty()) {
                columnsAt.get().problem("a table has at least one column", "表至少有一列");
            }
            return Optional.empty();
        }
        List<ColumnDeclaration> subjects =
                columns.stream().filter(ColumnDeclaration::subject).toList();
        if (subjects.size() > 1) {
            String listed = String.join(
                    ", ", subjects.stream().map(ColumnDeclaration::name).toList());
            at.problem(
                    "several subject columns: " + listed + "; a table has one",
                    "有多个 subject 列：" + listed + "；一张表只能有一个");
        }
        boolean personal = columns.stream()
                .anyMatch(c ->
                        c.measure() || c.uses().contains(Use.GROUP) || c.uses().contains(Use.FILTER));
        if (subjects.isEmpty() && personal) {
            at.problem(
                    "no subject column; without one every column must be public, join or hidden",
                    "没有 subject 列；此时各列只能是 public、join 或 hidden");
        }
        Optional<DeclarationCursor> said = DeclarationReader.optional(entries, "rows");
        Optional<RowsPerSubject> rows = said.map(TableReader::rows).orElse(Optional.of(RowsPerSubject.AS_FOUND));
        if (said.isPresent() && subjects.isEmpty()) {
            said.get().problem("\"rows\" belongs to tables with a subject column", "只有含 subject 列的表可以有 \"rows\"");
        }
        return rows.map(known -> new TableDeclaration(name, columns, known));
    }

    private static Optional<RowsPerSubject> rows(DeclarationCursor at) {
        String said = at.text().orElse("");
        return switch (said) {
            case "one" -> Optional.of(RowsPerSubject.ONE);
            case "several" -> Optional.of(RowsPerSubject.SEVERAL);
            default -> {
                at.problem("\"rows\" of a subject are one or several", "每个 subject 的行数 \"rows\" 只能是 one 或 several");
                yield Optional.empty();
            }
        };
    }

    private static Optional<ColumnDeclaration> column(String name, DeclarationCursor at) {
        Map<String, DeclarationCursor> entries = at.entries(Set.of("type", "use", "values", "bins", "bounds"));
        Optional<ColumnType> type = at.required(entries, "type").flatMap(TableReader::type);
        Set<Use> uses = EnumSet.noneOf(Use.class);
        at.required(entries, "use")
                .ifPresent(c -> c.items().forEach(item -> use(item).ifPresent(uses::add)));
        for (Use alone : ALONE) {
            if (uses.contains(alone) && uses.size() > 1) {
                String word = alone.name().toLowerCase(java.util.Locale.ROOT);
                at.problem(
                        "column \"" + name + "\" is " + word + " and can be nothing else",
                        "列 \"" + name + "\" 的用途是 " + word + "，不能再有其他用途");
                return Optional.empty();
            }
        }
        if (type.isEmpty() || uses.isEmpty()) {
            return Optional.empty();
        }
        boolean keyed = uses.contains(Use.GROUP) || uses.contains(Use.FILTER);
        Optional<List<BigDecimal>> bins =
                DeclarationReader.optional(entries, "bins").flatMap(c -> numbers(c, type.get(), 1));
        Optional<List<BigDecimal>> ends =
                DeclarationReader.optional(entries, "bounds").flatMap(c -> numbers(c, type.get(), 2));
        Optional<List<Object>> values =
                DeclarationReader.optional(entries, "values").flatMap(c -> values(c, type.get()));
        boolean broken = (entries.containsKey("bins") && bins.isEmpty())
                || (entries.containsKey("bounds") && ends.isEmpty())
                || (entries.containsKey("values") && values.isEmpty());
        if (uses.contains(Use.MEASURE) && !type.get().numeric()) {
            at.problem("a measure must be a number", "measure 列必须是数值类型");
            broken = true;
        }
        if (uses.contains(Use.MEASURE) != entries.containsKey("bounds")) {
            at.problem(
                    "\"bounds\" belong to a measure, and every measure of \"" + name + "\" kind needs them",
                    "measure 列必须有 \"bounds\"，其他列不得有（\"" + name + "\"）");
            broken = true;
        }
        if (!keyed && (entries.containsKey("bins") || entries.containsKey("values"))) {
            at.problem(
                    "\"bins\" and \"values\" are for group or filter columns",
                    "\"bins\" 和 \"values\" 只用于 group 或 filter 列");
            broken = true;
        }
        if (ends.isPresent() && ends.get().size() != 2) {
            at.problem("\"bounds\" are two numbers, the least and the greatest", "\"bounds\" 是两个数：最小值和最大值");
            broken = true;
        }
        if (broken) {
            return Optional.empty();
        }
        return Optional.of(new ColumnDeclaration(
                name,
                type.get(),
                uses,
                values.orElse(List.of()),
                bins.orElse(List.of()),
                ends.map(e -> new ColumnDeclaration.Bounds(e.get(0), e.get(1)))));
    }

    private static Optional<ColumnType> type(DeclarationCursor at) {
        Optional<String> text = at.text();
        Optional<ColumnType> type = text.flatMap(ColumnType::parse);
        if (text.isPresent() && type.isEmpty()) {
            at.problem(
                    "unknown type \"" + text.get() + "\"; allowed: " + ColumnType.ALLOWED,
                    "未知的类型 \"" + text.get() + "\"；允许：" + ColumnType.ALLOWED);
        }
        return type;
    }

    private static Optional<Use> use(DeclarationCursor at) {
        Optional<String> text = at.text();
        Optional<Use> use = text.flatMap(Use::parse);
        if (text.isPresent() && use.isEmpty()) {
            at.problem(
                    "unknown use \"" + text.get() + "\"; allowed: " + Use.ALLOWED,
                    "未知的用途 \"" + text.get() + "\"；允许：" + Use.ALLOWED);
        }
        return use;
    }

    private static Optional<List<BigDecimal>> numbers(DeclarationCursor at, ColumnType type, int least) {
        List<BigDecimal> numbers = new ArrayList<>();
        if (!type.numeric()) {
            at.problem("only numbers have these", "只有数值列可以有此项");
            return Optional.empty();
        }
        for (DeclarationCursor item : at.items()) {
            Optional<Object> value = item.text().flatMap(type::read);
            if (value.isEmpty()) {
                item.problem("not a value of type " + type.sqlName(), "不是 " + type.sqlName() + " 类型的值");
                return Optional.empty();
            }
            BigDecimal number =
                    value.get() instanceof Long whole ? BigDecimal.valueOf(whole) : (BigDecimal) value.get();
            if (!numbers.isEmpty() && number.compareTo(numbers.getLast()) <= 0) {
                item.problem("numbers must be ascending", "各数必须递增");
                return Optional.empty();
            }
            numbers.add(number);
        }
        if (numbers.size() < least) {
            at.problem("too few numbers", "数字太少");
            return Optional.empty();
        }
        return Optional.of(numbers);
    }

    private static Optional<List<Object>> values(DeclarationCursor at, ColumnType type) {
        List<Object> values = new ArrayList<>();
        for (DeclarationCursor item : at.items()) {
            Optional<Object> value = item.text().flatMap(type::read);
            if (value.isEmpty() || values.contains(value.get())) {
                item.problem("not another value of type " + type.sqlName(), "不是 " + type.sqlName() + " 类型的又一个值");
                return Optional.empty();
            }
            values.add(value.get());
        }
        return values.isEmpty() ? Optional.empty() : Optional.of(values);
    }
}
