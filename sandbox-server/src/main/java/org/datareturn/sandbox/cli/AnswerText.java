package org.datareturn.sandbox.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.datareturn.proto.v1.ErrorMargin;
import org.datareturn.proto.v1.QueryResponse;
import org.datareturn.proto.v1.ResultColumn;
import org.datareturn.proto.v1.ResultRow;
import org.datareturn.proto.v1.ResultValue;

/** An answer as text, for people and for machines. */
final class AnswerText {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private AnswerText() {}

    /** A header and a line for each row, with tabs between cells. */
    static List<String> table(QueryResponse answer) {
        List<String> lines = new ArrayList<>();
        lines.add(String.join(
                "\t",
                answer.getColumnsList().stream().map(ResultColumn::getName).toList()));
        for (ResultRow row : answer.getRowsList()) {
            lines.add(String.join(
                    "\t", row.getValuesList().stream().map(AnswerText::text).toList()));
        }
        return lines;
    }

    /** A line for each value that was asked of the data: how far off it may be. */
    static List<String> margins(QueryResponse answer) {
        return answer.getMargins95List().stream()
                .map(margin -> margin.getValue() + " "
                        + margin.getKeyList().stream().map(AnswerText::text).toList() + " ± " + margin.getHalfWidth())
                .toList();
    }

    /** One JSON object on one line. */
    static String json(QueryResponse answer) {
        ObjectNode object = JSON.objectNode().put("outcome", "released");
        ArrayNode columns = object.putArray("columns");
        answer.getColumnsList().forEach(column -> columns.add(column.getName()));
        ArrayNode rows = object.putArray("rows");
        for (ResultRow row : answer.getRowsList()) {
            ArrayNode cells = rows.addArray();
            row.getValuesList().forEach(value -> add(cells, value));
        }
        object.put("suppressed_groups", answer.getSuppressedGroups());
        if (answer.getMargins95Count() > 0) {
            ArrayNode margins = object.putArray("margins_95");
            for (ErrorMargin margin : answer.getMargins95List()) {
                ObjectNode one = margins.addObject();
                ArrayNode key = one.putArray("key");
                margin.getKeyList().forEach(value -> add(key, value));
                one.put("value", margin.getValue()).put("plus_minus", new BigDecimal(margin.getHalfWidth()));
            }
        }
        if (answer.hasPrivacyCost()) {
            object.putObject("privacy_cost")
                    .put("epsilon", new BigDecimal(answer.getPrivacyCost().getEpsilon()))
                    .put("left", new BigDecimal(answer.getPrivacyCost().getLeft()));
        }
        return object.put("edition", answer.getEdition())
                .put("release_id", answer.getReleaseId())
                .put("source", answer.getSource())
                .put("trace_id", answer.getRecord().getTraceId())
                .put("ledger_index", answer.getRecord().getLedgerIndex())
                .put("receipt", answer.getRecord().getReceipt())
                .toString();
    }

    private static void add(ArrayNode cells, ResultValue value) {
        switch (value.getKindCase()) {
            case INTEGER -> cells.add(value.getInteger());
            case DECIMAL -> cells.add(new BigDecimal(value.getDecimal()));
            case REAL -> cells.add(value.getReal());
            case BOOLEAN -> cells.add(value.getBoolean());
            case TEXT -> cells.add(value.getText());
            case NULL, KIND_NOT_SET -> cells.addNull();
        }
    }

    private static String text(ResultValue value) {
        return switch (value.getKindCase()) {
            case INTEGER -> Long.toString(value.getInteger());
            case DECIMAL -> value.getDecimal();
            case REAL -> Double.toString(value.getReal());
            case BOOLEAN -> Boolean.toString(value.getBoolean());
            case TEXT -> value.getText();
            case NULL, KIND_NOT_SET -> "";
        };
    }
}
