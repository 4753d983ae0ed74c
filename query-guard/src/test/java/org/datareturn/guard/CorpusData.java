package org.datareturn.guard;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.declaration.TableDeclaration;
import org.datareturn.guard.declaration.ZoneDeclaration;

/**
 * Invented rows for the adapted schema of the pg_diffix suite. The suite's own tables have 5 to 20 rows, which no zone
 * with a threshold of 10 would say anything about; these have enough persons for a refusal to be about the statement.
 */
final class CorpusData {
    private static final int PERSONS = 3_000;
    private static final Map<String, List<String>> TEXTS = Map.of(
            "city", List.of("Berlin", "Rome", "London", "Madrid"),
            "planet", List.of("Earth"),
            "name", List.of("John", "Alice", "Bob", "Emma"),
            "dept", List.of("math", "history", "cs"),
            "gender", List.of("m", "f"),
            "title", List.of("prof", "asst"),
            "value", List.of("value"));

    private CorpusData() {}

    /** The CSV text of each table of the zone. */
    static Map<String, String> csv(ZoneDeclaration zone) {
        Map<String, String> texts = new HashMap<>();
        for (TableDeclaration table : zone.tables()) {
            texts.put(table.name(), table.name().equals("test_products") ? products() : rows(table));
        }
        return texts;
    }

    private static String products() {
        return "id,name,price\n1,Food,1.5\n2,Car,100.0\n3,House,400.0\n4,Movie,10.0\n";
    }

    private static String rows(TableDeclaration table) {
        SplittableRandom random = new SplittableRandom(table.name().hashCode());
        StringBuilder text = new StringBuilder(String.join(
                        ",",
                        table.columns().stream().map(ColumnDeclaration::name).toList()))
                .append('\n');
        int persons = table.name().contains("empty") ? 0 : PERSONS;
        for (int id = 1; id <= persons; id++) {
            int rows = table.name().equals("test_purchases") || table.name().startsWith("count_")
                    ? random.nextInt(1, 4)
                    : 1;
            for (int row = 0; row < rows; row++) {
                for (int c = 0; c < table.columns().size(); c++) {
                    text.append(c == 0 ? "" : ",").append(value(table.columns().get(c), id, random));
                }
                text.append('\n');
            }
        }
        return text.toString();
    }

    private static String value(ColumnDeclaration column, int id, SplittableRandom random) {
        if (column.name().equals("id") || column.name().equals("cid")) {
            return Integer.toString(id);
        }
        return switch (column.type().kind()) {
            case DECIMAL -> half(column, random);
            case DATE ->
                "20%02d-%02d-%02d".formatted(random.nextInt(10, 16), random.nextInt(1, 13), random.nextInt(1, 29));
            case VARCHAR -> {
                List<String> texts = TEXTS.getOrDefault(column.name(), List.of("x", "y", "z"));
                yield random.nextInt(20) == 0 ? "" : texts.get(random.nextInt(texts.size()));
            }
            default -> Integer.toString(column.name().equals("pid") ? random.nextInt(1, 5) : random.nextInt(0, 100));
        };
    }

    /** A multiple of a half between the bounds. */
    private static String half(ColumnDeclaration column, SplittableRandom random) {
        int least = column.bounds().orElseThrow().least().intValue();
        int greatest = column.bounds().orElseThrow().greatest().intValue();
        return random.nextInt(least, greatest) + (random.nextInt(2) == 0 ? ".0" : ".5");
    }
}
