package org.datareturn.guard;

import java.util.List;
import java.util.Map;

/** A zone of values that engines are known to write, order or compare differently. */
final class StrangeValues {
    static final String YAML = """
            zone: strange
            release: { min_group_size: 5, dominance: { largest: 2, percent: 85 }, rounding: 5, noise: none }
            tables:
              pg_class:
                columns:
                  id:      { type: BIGINT, use: subject }
                  text:    { type: VARCHAR, use: [group, filter] }
                  Price:   { type: "DECIMAL(12,3)", use: [group, filter] }
                  flag:    { type: BOOLEAN, use: [group, filter] }
                  born:    { type: DATE, use: [group, filter] }
                  far:     { type: DATE, use: [group, filter] }
                  big:     { type: BIGINT, use: [group, filter] }
                  level:   { type: "DECIMAL(6,2)", use: [group, filter], bins: [-1.5, 0, 2.25, 100] }
                  select:  { type: VARCHAR, use: join }
                  amount:  { type: "DECIMAL(10,2)", use: measure, bounds: [-1000, 1000] }
              place:
                columns:
                  name:    { type: VARCHAR, use: join }
                  order:   { type: VARCHAR, use: public }
            joins:
              - pg_class.select = place.name
            """;

    private static final List<String> TEXTS = List.of(
            "a",
            "A",
            "ä",
            "a\u0308",
            "a ",
            " a",
            "Z",
            "_",
            "é",
            "\\",
            "\\N",
            "it's",
            "\"quoted\"",
            "line\nbreak",
            "tab\there",
            "张三",
            "𠮷野家",
            "🙂",
            "%",
            "100%",
            "null",
            "ß",
            "SS",
            "\u00a0",
            "ﬁ",
            "I",
            "ı",
            "");
    private static final List<String> FAR =
            List.of("0000-02-29", "-0044-03-15", "0001-01-01", "9999-12-31", "+10000-01-01");
    private static final List<String> BIG =
            List.of("9223372036854775807", "-9223372036854775808", "0", "9007199254740993");
    private static final List<String> PLACES = List.of("north", "North", "north ", "北");

    static final List<String> QUERIES = List.of(
            "SELECT text, COUNT(*) FROM pg_class GROUP BY text",
            "SELECT text, COUNT(*) FROM pg_class GROUP BY text ORDER BY text",
            "SELECT text, COUNT(*) FROM pg_class GROUP BY text ORDER BY text DESC LIMIT 5",
            "SELECT MIN(text), MAX(text), COUNT(DISTINCT text) FROM pg_class",
            "SELECT COUNT(*) FROM pg_class WHERE text = 'a'",
            "SELECT COUNT(*) FROM pg_class WHERE text = 'a '",
            "SELECT COUNT(*) FROM pg_class WHERE text <> 'A'",
            "SELECT COUNT(*) FROM pg_class WHERE text = 'it''s'",
            "SELECT COUNT(*) FROM pg_class WHERE text = '\\'",
            "SELECT COUNT(*) FROM pg_class WHERE text IN ('\\N', '张三', '🙂')",
            "SELECT COUNT(*) FROM pg_class WHERE text < 'b'",
            "SELECT COUNT(*) FROM pg_class WHERE text LIKE 'a%'",
            "SELECT COUNT(*) FROM pg_class WHERE text LIKE '%\\%' ESCAPE '!'",
            "SELECT COUNT(*) FROM pg_class WHERE text ILIKE 'A%'",
            "SELECT UPPER(text), COUNT(*) FROM pg_class GROUP BY UPPER(text)",
            "SELECT COUNT(*), COUNT(text), SUM(amount), AVG(amount) FROM pg_class WHERE text IS NULL",
            "SELECT COALESCE(text, 'none'), COUNT(*) FROM pg_class GROUP BY COALESCE(text, 'none')",
            "SELECT Price, COUNT(*) FROM pg_class GROUP BY Price",
            "SELECT COUNT(*) FROM pg_class WHERE Price = 1.5",
            "SELECT COUNT(*) FROM pg_class WHERE Price > 1.4999",
            "SELECT COUNT(*) FROM pg_class WHERE Price BETWEEN -0.001 AND 2",
            "SELECT flag, COUNT(*), AVG(amount) FROM pg_class GROUP BY flag",
            "SELECT COUNT(*) FROM pg_class WHERE flag",
            "SELECT COUNT(*) FROM pg_class WHERE NOT flag",
            "SELECT COUNT(*) FROM pg_class WHERE flag IS NOT TRUE",
            "SELECT born, COUNT(*) FROM pg_class GROUP BY born",
            "SELECT EXTRACT(YEAR FROM born), COUNT(*) FROM pg_class GROUP BY EXTRACT(YEAR FROM born)",
            "SELECT DATE_TRUNC('month', born), COUNT(*) FROM pg_class GROUP BY DATE_TRUNC('month', born)",
            "SELECT COUNT(*) FROM pg_class WHERE born < DATE '2000-03-01'",
            "SELECT far, COUNT(*) FROM pg_class GROUP BY far",
            "SELECT far, flag, COUNT(*) FROM pg_class GROUP BY far, flag",
            "SELECT big, COUNT(*) FROM pg_class GROUP BY big",
            "SELECT COUNT(*) FROM pg_class WHERE big = 9223372036854775807",
            "SELECT COUNT(*) FROM pg_class WHERE big = 9007199254740993",
            "SELECT level, COUNT(*) FROM pg_class GROUP BY level",
            "SELECT level, flag, SUM(amount) FROM pg_class GROUP BY GROUPING SETS ((level, flag), (level), ())",
            "SELECT \"order\", COUNT(*), SUM(amount) FROM pg_class JOIN place ON \"select\" = name GROUP BY \"order\"",
            "SELECT text, \"order\", COUNT(*) FROM pg_class, place WHERE \"select\" = name GROUP BY text, \"order\"",
            "SELECT COUNT(*) / 0, SUM(amount) / 7 FROM pg_class",
            "SELECT COUNT(*) FROM pg_class WHERE CAST(text AS INTEGER) = 1",
            "SELECT relname FROM pg_class");

    private StrangeValues() {}

    static Map<String, String> csv() {
        StringBuilder rows = new StringBuilder("id,text,Price,flag,born,far,big,level,select,amount\n");
        for (int i = 0; i < 1_500; i++) {
            String text = TEXTS.get(i % TEXTS.size());
            rows.append(i)
                    .append(",\"")
                    .append(text.replace("\"", "\"\""))
                    .append("\",")
                    .append(List.of("1.5", "-0.001", "", "999999999.999", "2").get(i % 5))
                    .append(',')
                    .append(List.of("true", "false", "").get(i % 3))
                    .append(",%d-%02d-%02d,".formatted(1999 + i % 3, 1 + i % 12, 1 + i % 4))
                    .append(FAR.get(i % FAR.size()))
                    .append(',')
                    .append(BIG.get(i % BIG.size()))
                    .append(',')
                    .append(List.of("-1.51", "-1.50", "-1.49", "0.00", "2.24", "2.25", "100.00", "")
                            .get(i % 8))
                    .append(",\"")
                    .append(PLACES.get(i % PLACES.size()))
                    .append("\",%d.%02d%n".formatted(i % 7 - 3, i % 100));
        }
        return Map.of("pg_class", rows.toString(), "place", "name,order\nnorth,n\nNorth,N\n\"north \",n_\n北,\"北's\"\n");
    }
}
