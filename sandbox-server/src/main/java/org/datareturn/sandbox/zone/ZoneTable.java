package org.datareturn.sandbox.zone;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.datareturn.guard.Released;
import org.jspecify.annotations.Nullable;

/**
 * A released and marked table, as its recipient gets it. Immutable.
 *
 * @param columns names and SQL types
 * @param rows each as wide as {@code columns}: String, Long, BigDecimal, LocalDate, Boolean or null
 * @param suppressedGroups groups left out, as far as that may be told
 * @param edition edition of the zone's data
 * @param releaseId the release; with the recipient it seeds the watermark
 * @param source where the zone's data come from (SD-O 17)
 * @param margins how far off each value that was asked of the data may be; empty where nothing is drawn at random
 * @param cost what the answer cost of its analyst's privacy budget and what is left; empty where there is none
 */
public record ZoneTable(
        List<Column> columns,
        List<List<@Nullable Object>> rows,
        int suppressedGroups,
        String edition,
        String releaseId,
        String source,
        List<Released.Margin> margins,
        Optional<Released.Cost> cost) {
    /**
     * A column.
     *
     * @param name as the query gives it
     * @param sqlType VARCHAR, BIGINT, INTEGER, DECIMAL(p,s), DATE or BOOLEAN
     */
    public record Column(String name, String sqlType) {}

    public ZoneTable {
        columns = List.copyOf(columns);
        margins = List.copyOf(margins);
        List<List<@Nullable Object>> copies = new ArrayList<>();
        rows.forEach(row -> copies.add(Collections.unmodifiableList(new ArrayList<@Nullable Object>(row))));
        rows = Collections.unmodifiableList(copies);
    }
}
