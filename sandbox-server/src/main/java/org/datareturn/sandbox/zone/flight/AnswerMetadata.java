package org.datareturn.sandbox.zone.flight;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;

/**
 * What travels beside a table's rows: as JSON in {@code app_metadata}, and in the metadata of its Arrow schema, which
 * ADBC and Arrow clients show.
 *
 * @param traceId the call's trace
 * @param receipt where the answer is recorded
 * @param notices what else the analyst should know
 */
record AnswerMetadata(
        @JsonProperty("trace_id") String traceId,
        @JsonProperty("receipt") String receipt,
        @JsonProperty("notices") List<NoticeText> notices) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A notice on the wire. */
    record NoticeText(
            @JsonProperty("code") String code,
            @JsonProperty("zh") String zh,
            @JsonProperty("en") String en) {}

    static AnswerMetadata of(ZoneReply.Table table) {
        return new AnswerMetadata(
                table.traceId(),
                table.receipt(),
                table.notices().stream()
                        .map(n -> new NoticeText(n.code(), n.messageZh(), n.messageEn()))
                        .toList());
    }

    /** All of it as JSON. */
    String json() {
        return text(this);
    }

    /** All of it as an Arrow schema's metadata. */
    Map<String, String> schemaMetadata() {
        return Map.of(
                "datareturn.trace_id", traceId, "datareturn.receipt", receipt, "datareturn.notices", text(notices));
    }

    private static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of strings always have a JSON form", e);
        }
    }
}
