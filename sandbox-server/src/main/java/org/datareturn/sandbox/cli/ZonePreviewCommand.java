package org.datareturn.sandbox.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.declaration.DeclarationException;
import org.datareturn.guard.declaration.DeclarationReader;
import org.datareturn.guard.declaration.ReleaseFloor;
import org.datareturn.guard.declaration.ZoneDeclaration;
import org.datareturn.guard.template.Parameter;
import org.datareturn.guard.trial.ZonePreview;
import org.datareturn.policy.Refusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code zone preview}: what a zone looks like, with no data at all. */
@Command(
        name = "preview",
        description = {
            "Shows a zone from its declaration alone: schema, uses, bands, domains, and a few made-up rows.",
            "仅凭声明预览专区：结构、用途、分段、取值域和若干虚构行，不接触任何数据。"
        })
final class ZonePreviewCommand implements Callable<Integer> {
    private static final int MOST_ROWS = 1_000;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ZONE.yaml", description = "the zone's declaration")
    private Path file;

    @Option(names = "--rows", defaultValue = "5", description = "made-up rows a table (default: ${DEFAULT-VALUE})")
    private int rows;

    @Option(names = "--seed", defaultValue = "1", description = "what they are made from (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--json", description = "one JSON object instead of text")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Console console = new Console(spec);
        if (!Files.isReadable(file)) {
            return console.fail(Refusal.of(CliReason.FILE_MISSING, file.toString()));
        }
        if (rows < 0 || rows > MOST_ROWS) {
            return console.fail(Refusal.of(
                    CliReason.OPTIONS_CONTRADICT, "--rows must be 0 to " + MOST_ROWS, "--rows 应为 0 至 " + MOST_ROWS));
        }
        try {
            ZonePreview preview =
                    ZonePreview.of(DeclarationReader.read(Files.readString(file, StandardCharsets.UTF_8)), rows, seed);
            if (json) {
                console.out(json(preview));
            } else {
                text(console, preview);
            }
            return Exit.OK;
        } catch (DeclarationException e) {
            e.problems().forEach(problem -> console.note(problem.toString()));
            return Exit.WRONG_USE;
        }
    }

    private static void text(Console console, ZonePreview preview) {
        ZoneDeclaration zone = preview.zone();
        ReleaseFloor release = zone.release();
        console.out("Zone 专区 " + zone.zone() + "  " + zone.title());
        console.out("  answers 可问 " + word(zone.answers()) + ", noise 噪声 " + word(release.noise()) + ", at least 每组至少 "
                + release.minGroupSize() + " persons 人, rounding 取整 " + release.rounding());
        for (ZonePreview.Table table : preview.tables()) {
            console.out("");
            console.out("Table 表 " + table.name());
            for (ColumnDeclaration column : table.columns()) {
                console.out(
                        "  " + column.name() + "  " + column.type().sqlName() + "  " + uses(column) + domain(column));
            }
            console.out("  made-up rows 虚构行:");
            console.out("    "
                    + String.join(
                            "\t",
                            table.columns().stream()
                                    .map(ColumnDeclaration::name)
                                    .toList()));
            table.rows().forEach(row -> console.out("    " + String.join("\t", row)));
        }
        zone.joins()
                .forEach(join -> console.out("Join 连接 " + join.leftTable() + "." + join.leftColumn() + " = "
                        + join.rightTable() + "." + join.rightColumn()));
    }

    private static String domain(ColumnDeclaration column) {
        StringBuilder text = new StringBuilder();
        if (!column.values().isEmpty()) {
            text.append("  values 取值 ").append(String.join("|", values(column)));
        }
        if (column.banded()) {
            text.append("  bands 分段 ").append(String.join(" | ", ZonePreview.bands(column)));
        }
        column.bounds()
                .ifPresent(bounds -> text.append("  clamped to 截断至 ")
                        .append(bounds.least().toPlainString())
                        .append("..")
                        .append(bounds.greatest().toPlainString()));
        return text.toString();
    }

    private static String json(ZonePreview preview) {
        ObjectNode object = JsonNodeFactory.instance
                .objectNode()
                .put("zone", preview.zone().zone())
                .put("title", preview.zone().title())
                .put("answers", word(preview.zone().answers()))
                .put("noise", word(preview.zone().release().noise()))
                .put("min_group_size", preview.zone().release().minGroupSize())
                .put("rounding", preview.zone().release().rounding());
        ArrayNode tables = object.putArray("tables");
        for (ZonePreview.Table table : preview.tables()) {
            ObjectNode shown = tables.addObject().put("name", table.name());
            ArrayNode columns = shown.putArray("columns");
            for (ColumnDeclaration column : table.columns()) {
                ObjectNode one = columns.addObject()
                        .put("name", column.name())
                        .put("type", column.type().sqlName())
                        .put("uses", uses(column));
                strings(one.putArray("values"), values(column));
                strings(one.putArray("bands"), ZonePreview.bands(column));
                column.bounds()
                        .ifPresent(bounds ->
                                one.putArray("bounds").add(bounds.least()).add(bounds.greatest()));
            }
            ArrayNode rows = shown.putArray("synthetic_rows");
            table.rows().forEach(row -> strings(rows.addArray(), row));
        }
        return object.toString();
    }

    private static void strings(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }

    private static List<String> values(ColumnDeclaration column) {
        return column.values().stream().map(Parameter::text).toList();
    }

    private static String uses(ColumnDeclaration column) {
        return String.join(
                ", ",
                column.uses().stream().map(ZonePreviewCommand::word).sorted().toList());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
