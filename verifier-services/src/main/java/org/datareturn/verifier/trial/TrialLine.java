package org.datareturn.verifier.trial;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One line of a batch. */
sealed interface TrialLine {
    /** What the line's answer repeats. */
    JsonNode id();

    /**
     * A question.
     *
     * @param at when it is asked; without one, when the last was
     */
    record Question(JsonNode id, String operator, Optional<OffsetDateTime> at, Map<String, String> request)
            implements TrialLine {}

    /** Forget quotas and alarms; the clock may begin anew. */
    record Reset(JsonNode id) implements TrialLine {}

    /** Days outside these years are nobody's working days; limits count from 1970 on. */
    int FIRST_YEAR = 1971;

    /** The last year a question may be asked in. */
    int LAST_YEAR = 2199;

    JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Reads a line; empty when it is neither. */
    static Optional<TrialLine> read(String text) {
        JsonNode line;
        try {
            line = JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            return Optional.empty();
        }
        if (!line.isObject() || !line.path("id").isValueNode()) {
            return Optional.empty();
        }
        Set<String> names = new TreeSet<>();
        line.fieldNames().forEachRemaining(names::add);
        if (names.equals(Set.of("id", "reset")) && line.get("reset").asBoolean(false)) {
            return Optional.of(new Reset(line.get("id")));
        }
        boolean known = Set.of("id", "operator", "at", "request").containsAll(names)
                && (!line.has("operator") || line.get("operator").isTextual())
                && (!line.has("at") || line.get("at").isTextual());
        return known ? request(line.path("request")).flatMap(request -> question(line, request)) : Optional.empty();
    }

    private static Optional<TrialLine> question(JsonNode line, Map<String, String> request) {
        String operator = line.path("operator").asText("operator");
        if (!line.has("at")) {
            return Optional.of(new Question(line.get("id"), operator, Optional.empty(), request));
        }
        try {
            OffsetDateTime at = OffsetDateTime.parse(line.get("at").asText());
            if (at.getYear() < FIRST_YEAR || at.getYear() > LAST_YEAR) {
                return Optional.empty();
            }
            return Optional.of(new Question(line.get("id"), operator, Optional.of(at), request));
        } catch (DateTimeException noInstant) {
            return Optional.empty();
        }
    }

    /** A null is a field that is not sent. */
    private static Optional<Map<String, String>> request(JsonNode node) {
        if (!node.isObject()) {
            return Optional.empty();
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!field.getValue().isValueNode()) {
                return Optional.empty();
            }
            if (!field.getValue().isNull()) {
                fields.put(field.getKey(), field.getValue().asText());
            }
        }
        return Optional.of(fields);
    }
}
