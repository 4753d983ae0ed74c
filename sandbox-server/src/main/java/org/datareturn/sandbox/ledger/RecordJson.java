package org.datareturn.sandbox.ledger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The one JSON form of a record: an object of strings in RFC 8785 (JCS) form, so that equal records have equal bytes.
 * Reading accepts nothing else: no other order, no white space, no unknown or repeated name, no other escape.
 */
final class RecordJson {
    static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private static final String VERSION = "1";
    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final JsonFactory STRICT = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private RecordJson() {}

    /** The canonical bytes of a record. */
    static byte[] encode(LedgerRecord record) {
        // In the order of the names' UTF-16 code units, as RFC 8785 §3.2.3 asks.
        StringBuilder json = new StringBuilder(512).append('{');
        record.answerDigest().ifPresent(v -> member(json, "answer_digest", v));
        record.applicationId().ifPresent(v -> member(json, "application_id", v));
        member(json, "at", INSTANT.format(record.at()));
        record.edition().ifPresent(v -> member(json, "edition", v));
        record.grantId().ifPresent(v -> member(json, "grant_id", v));
        member(json, "kind", record.kind().name());
        member(json, "operator", record.operator());
        member(json, "organisation", record.organisation());
        member(json, "outcome", record.outcome());
        member(json, "policy_revision", record.policyRevision());
        record.releaseId().ifPresent(v -> member(json, "release_id", v));
        record.requestDigest().ifPresent(v -> member(json, "request_digest", v));
        record.source().ifPresent(v -> member(json, "source", v));
        member(json, "target", record.target());
        member(json, "trace_id", record.traceId().hex());
        member(json, "version", VERSION);
        return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void member(StringBuilder json, String name, String value) {
        json.append(json.length() == 1 ? "\"" : ",\"").append(name).append("\":\"");
        escape(value, json);
        json.append('"');
    }

    /** Reads a record, or nothing when the bytes are not the canonical form of one. */
    static Optional<LedgerRecord> decode(byte[] json) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json));
            LedgerRecord record = toRecord(readStrings(json));
            return Arrays.equals(encode(record), json) ? Optional.of(record) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException | java.time.DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Map<String, String> readStrings(byte[] json) throws IOException {
        Map<String, String> fields = new TreeMap<>();
        try (JsonParser parser = STRICT.createParser(json)) {
            require(parser.nextToken() == JsonToken.START_OBJECT);
            for (@Nullable String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                require(parser.nextToken() == JsonToken.VALUE_STRING);
                fields.put(name, parser.getText());
            }
            require(parser.currentToken() == JsonToken.END_OBJECT);
            require(parser.nextToken() == null);
        }
        return fields;
    }

    private static LedgerRecord toRecord(Map<String, String> fields) {
        require(VERSION.equals(fields.get("version")));
        return new LedgerRecord(
                new TraceId(needed(fields, "trace_id")),
                Instant.parse(needed(fields, "at")),
                LedgerRecord.Kind.valueOf(needed(fields, "kind")),
                needed(fields, "organisation"),
                needed(fields, "operator"),
                Optional.ofNullable(fields.get("grant_id")),
                Optional.ofNullable(fields.get("application_id")),
                needed(fields, "target"),
                needed(fields, "outcome"),
                Optional.ofNullable(fields.get("request_digest")),
                Optional.ofNullable(fields.get("answer_digest")),
                needed(fields, "policy_revision"),
                Optional.ofNullable(fields.get("release_id")),
                Optional.ofNullable(fields.get("edition")),
                Optional.ofNullable(fields.get("source")));
    }

    private static String needed(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("a record needs " + name);
        }
        return value;
    }

    private static void require(boolean held) {
        if (!held) {
            throw new IllegalArgumentException("not a record");
        }
    }

    // RFC 8785 §3.2.2.2. Control characters cannot occur: LedgerRecord refuses them.
    private static void escape(String text, StringBuilder json) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\');
            }
            json.append(c);
        }
    }
}
