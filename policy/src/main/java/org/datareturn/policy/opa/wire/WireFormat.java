package org.datareturn.policy.opa.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;

/** Reads and writes the wire documents, strictly: nothing is coerced, guessed or passed over. Thread-safe. */
public final class WireFormat {
    private static final int MAX_DEPTH = 20;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    private WireFormat() {}

    /** The input document as one line of JSON. */
    public static String write(InputDocument input) {
        try {
            return MAPPER.writeValueAsString(input);
        } catch (JsonProcessingException e) {
            // Records of strings, numbers and lists of strings: there is no value in them that has no JSON.
            throw new IllegalStateException("an input document that has no JSON", e);
        }
    }

    /**
     * Reads what {@code POST /v1/data/<path>} answers: {@code {"result": decision}}, or no result where the document
     * is undefined. What else stands beside the result (decision id, metrics) is the server's own affair.
     */
    public static WireAnswer readServerAnswer(String json) {
        try {
            JsonNode answer = MAPPER.readTree(json);
            return answer.isObject() ? decision(answer) : new WireAnswer.Malformed("the answer is not an object");
        } catch (JsonProcessingException e) {
            return new WireAnswer.Malformed(e.getOriginalMessage());
        }
    }

    /** Reads what a compiled policy evaluates to: {@code [{"result": decision}]}, or an empty list where undefined. */
    public static WireAnswer readEvaluation(String json) {
        try {
            JsonNode results = MAPPER.readTree(json);
            if (!results.isArray() || results.size() > 1) {
                return new WireAnswer.Malformed("the evaluation is not a list of at most one result");
            }
            return results.isEmpty() ? new WireAnswer.Undefined() : decision(results.get(0));
        } catch (JsonProcessingException e) {
            return new WireAnswer.Malformed(e.getOriginalMessage());
        }
    }

    private static WireAnswer decision(JsonNode holder) throws JsonProcessingException {
        JsonNode result = holder.get("result");
        if (result == null) {
            return new WireAnswer.Undefined();
        }
        if (!result.isObject()) {
            return new WireAnswer.Malformed("the decision is not an object");
        }
        return new WireAnswer.Decided(MAPPER.treeToValue(result, DecisionDocument.class));
    }
}
