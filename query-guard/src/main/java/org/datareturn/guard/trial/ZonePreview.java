package org.datareturn.guard.trial;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.declaration.ColumnDeclaration.Bounds;
import org.datareturn.guard.declaration.TableDeclaration;
import org.datareturn.guard.declaration.ZoneDeclaration;
import org.datareturn.guard.template.Parameter;

/**
 * What a zone looks like, from its declaration alone: never a row, a count or a value of its data. Hidden columns are not
 * shown. The same declaration and seed give the same rows.
 *
 * @param zone the declaration
 * @param tables its tables
 */
public record ZonePreview(ZoneDeclaration zone, List<Table> tables) {
    private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);
    private static final int DAYS = 9_000;
    private static final BigDecimal BEYOND = BigDecimal.TEN;

    /**
     * A table.
     *
     * @param name its name
     * @param columns what it shows
     * @param rows made-up rows, as text; empty texts stand for NULL
     */
    public record Table(String name, List<ColumnDeclaration> columns, List<List<String>> rows) {
        public Table {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    public ZonePreview {
        tables = List.copyOf(tables);
    }

    /** A preview with so many made-up rows of each table. */
    public static ZonePreview of(ZoneDeclaration zone, int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Table> tables = new ArrayList<>();
        for (TableDeclaration table : zone.tables()) {
            List<ColumnDeclaration> shown =
                    table.columns().stream().filter(c -> !c.hidden()).toList();
            List<List<String>> made = new ArrayList<>();
            for (int i = 1; i <= rows; i++) {
                int row = i;
                made.add(
                        shown.stream().map(column -> value(column, row, random)).toList());
            }
            tables.add(new Table(table.name(), shown, made));
        }
        return new ZonePreview(zone, tables);
    }

    /** The label of every band of a column. */
    public static List<String> bands(ColumnDeclaration column) {
        List<String> labels = new ArrayList<>();
        for (int i = 0; column.banded() && i <= column.bins().size(); i++) {
            labels.add(column.bandLabel(i));
        }
        return labels;
    }

    private static String value(ColumnDeclaration column, int row, SplittableRandom random) {
        if (!column.values().isEmpty()) {
            return Parameter.text(
                    column.values().get(random.nextInt(column.values().size())));
        }
        boolean key = column.subject() || column.uses().contains(org.datareturn.guard.declaration.Use.JOIN);
        return switch (column.type().kind()) {
            case VARCHAR -> column.name() + "-" + (key ? row : random.nextInt(1, 4));
            case BOOLEAN -> Boolean.toString(random.nextBoolean());
            case DATE -> FIRST_DAY.plusDays(random.nextInt(DAYS)).toString();
            case INTEGER, BIGINT, DECIMAL -> key ? Integer.toString(row) : number(column, random);
        };
    }

    private static String number(ColumnDeclaration column, SplittableRandom random) {
        BigDecimal least = BigDecimal.ZERO;
        BigDecimal most = BigDecimal.valueOf(100);
        if (column.bounds().isPresent()) {
            Bounds bounds = column.bounds().get();
            least = bounds.least();
            most = bounds.greatest();
        } else if (column.banded()) {
            least = column.bins().getFirst().subtract(BEYOND);
            most = column.bins().getLast().add(BEYOND);
        }
        return most.subtract(least)
                .multiply(BigDecimal.valueOf(random.nextInt(1_001)))
                .movePointLeft(3)
                .add(least)
                .setScale(column.type().scale(), RoundingMode.DOWN)
                .toPlainString();
    }
}
