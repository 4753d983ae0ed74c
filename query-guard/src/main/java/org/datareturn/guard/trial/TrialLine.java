package org.datareturn.guard.trial;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One line of a batch. */
sealed interface TrialLine {
    /** What the line's answer repeats. */
    JsonNode id();

    /** A query. */
    record Query(JsonNode id, String sql, String analyst, String organisation) implements TrialLine {}

    /** A new edition of some tables. */
    record NewEdition(JsonNode id, Map<String, Path> tables) implements TrialLine {}

    /** A fresh zone, from other files where some are named. */
    record Reset(JsonNode id, Map<String, Path> tables) implements TrialLine {}

    ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Reads a line; empty when it is none of the three. */
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
        Set<String> names = new java.util.TreeSet<>();
        line.fieldNames().forEachRemaining(names::add);
        if (line.path("sql").isTextual()
                && Set.of("id", "sql", "analyst", "organisation").containsAll(names)) {
            return Optional.of(new Query(
                    line.get("id"),
                    line.get("sql").asText(),
                    line.path("analyst").asText("analyst"),
                    line.path("organisation").asText("organisation")));
        }
        if (line.path("refresh").isObject() && names.equals(Set.of("id", "refresh"))) {
            return files(line.get("refresh")).map(files -> new NewEdition(line.get("id"), files));
        }
        if (line.path("reset").asBoolean(false)
                && Set.of("id", "reset", "tables").containsAll(names)) {
            Optional<Map<String, Path>> files = line.has("tables") ? files(line.get("tables")) : Optional.of(Map.of());
            return files.map(f -> new Reset(line.get("id"), f));
        }
        return Optional.empty();
    }

    private static Optional<Map<String, Path>> files(JsonNode node) {
        Map<String, Path> files = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (!entry.getValue().isTextual()) {
                return Optional.empty();
            }
            try {
                files.put(entry.getKey(), Path.of(entry.getValue().asText()));
            } catch (InvalidPathException noPath) {
                return Optional.empty();
            }
        }
        return node.isObject() ? Optional.of(files) : Optional.empty();
    }
}
