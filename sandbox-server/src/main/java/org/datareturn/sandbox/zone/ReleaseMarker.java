package org.datareturn.sandbox.zone;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.datareturn.guard.Released;
import org.datareturn.policy.Caller;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.road.RoadReason;
import org.datareturn.sandbox.watermark.NeutralTable;
import org.datareturn.sandbox.watermark.ReleaseArchive;
import org.datareturn.sandbox.watermark.ReleaseCandidate;
import org.datareturn.sandbox.watermark.TableWatermark;
import org.jspecify.annotations.Nullable;

/**
 * Marks a released table for its recipient and archives the unmarked release first, so that no copy leaves that could
 * not be traced. The release's id depends on zone, edition, question and result only: asking again on another day, or with
 * conditions in other words, gives the recipient the same copy and nothing to average. Another question about the same
 * cells, and columns in another order, are releases of their own with marks of their own. Thread-safe.
 */
public final class ReleaseMarker {
    private static final System.Logger LOG = System.getLogger(ReleaseMarker.class.getName());

    private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\(\\d+,\\s*(\\d+)\\)");

    private final TableWatermark watermark;
    private final ReleaseArchive archive;
    private final Clock clock;

    /** Marks under a watermark, archives in an archive. */
    public ReleaseMarker(TableWatermark watermark, ReleaseArchive archive, Clock clock) {
        this.watermark = watermark;
        this.archive = archive;
        this.clock = clock;
    }

    /** What came of marking. */
    public sealed interface Result {}

    /**
     * Marked, and its release archived.
     *
     * @param table the recipient's copy
     */
    public record Marked(ZoneTable table) implements Result {}

    /**
     * Not marked; the table must not leave.
     *
     * @param refusal why
     */
    public record Unmarked(Refusal refusal) implements Result {}

    /** Marks a release of a zone for a recipient. */
    public Result mark(ServedZone zone, Caller recipient, Released released) {
        NeutralTable unmarked = neutral(released);
        String release = releaseId(zone, released, unmarked);
        String name = recipientName(recipient);
        try {
            archive.store(new ReleaseCandidate(release, name, unmarked), clock.instant());
        } catch (IOException e) {
            LOG.log(System.Logger.Level.ERROR, "a release could not be archived", e);
            return new Unmarked(Refusal.of(RoadReason.RELEASE_NOT_ARCHIVED));
        }
        NeutralTable marked = watermark.mark(unmarked, name, release).table();
        return new Marked(new ZoneTable(
                released.columns().stream()
                        .map(column -> new ZoneTable.Column(column.name(), column.sqlType()))
                        .toList(),
                restored(released, marked),
                released.suppressedGroups(),
                released.edition(),
                release,
                zone.source(),
                released.margins(),
                released.cost()));
    }

    /** How a recipient is named when a leak is traced: organisation and operator. */
    public static String recipientName(Caller recipient) {
        return recipient.organisation() + "/" + recipient.operator();
    }

    private static String releaseId(ServedZone zone, Released released, NeutralTable unmarked) {
        String text = String.join("\n", zone.name(), released.edition(), released.planDigest(), unmarked.toString());
        return Digests.sha256(text.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
    }

    private static NeutralTable neutral(Released released) {
        List<NeutralTable.Column> columns = new ArrayList<>();
        for (int i = 0; i < released.columns().size(); i++) {
            Released.Column column = released.columns().get(i);
            // By place, not by name: an alias must neither make another copy to average nor hide where a copy came
            // from.
            String name = "column " + (i + 1);
            columns.add(
                    column.kind() == Released.ColumnKind.KEY
                            ? NeutralTable.Column.key(name)
                            : NeutralTable.Column.value(name, tolerance(column)));
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (List<@Nullable Object> row : released.rows()) {
            List<@Nullable Object> cells = new ArrayList<>();
            for (Object cell : row) {
                cells.add(neutral(cell));
            }
            rows.add(cells);
        }
        return new NeutralTable(columns, rows);
    }

    /** As far as the column's own digits go: a marked figure must still be one of its type. */
    private static BigDecimal tolerance(Released.Column column) {
        Matcher decimal = DECIMAL.matcher(column.sqlType());
        int scale = decimal.matches() ? Integer.parseInt(decimal.group(1)) : 0;
        return column.tolerance().setScale(scale, RoundingMode.DOWN);
    }

    private static @Nullable Object neutral(@Nullable Object cell) {
        return switch (cell) {
            case null -> null;
            case String text -> text;
            case Long whole -> whole;
            case Integer whole -> whole.longValue();
            case BigDecimal decimal -> decimal;
            case Double real -> real;
            case Boolean truth -> truth;
            case Object other -> other.toString();
        };
    }

    /** The marked figures in the cells' own classes; everything else is the release's own cell. */
    private static List<List<@Nullable Object>> restored(Released released, NeutralTable marked) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int r = 0; r < marked.rows().size(); r++) {
            List<@Nullable Object> row = new ArrayList<>();
            for (int c = 0; c < released.columns().size(); c++) {
                Object original = released.rows().get(r).get(c);
                Object moved = marked.rows().get(r).get(c);
                row.add(
                        switch (moved) {
                            case Long whole when original instanceof Integer -> Math.toIntExact(whole);
                            case Long whole -> whole;
                            case BigDecimal decimal -> decimal;
                            case Double real -> real;
                            case null, default -> original;
                        });
            }
            rows.add(row);
        }
        return rows;
    }
}
