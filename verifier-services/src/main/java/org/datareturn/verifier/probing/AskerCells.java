package org.datareturn.verifier.probing;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.datareturn.verifier.tokens.ProbeTokens;

/**
 * What is counted and remembered of one operator and of one grant is known by these keyed tokens. Made once for all their
 * questions. Immutable.
 */
final class AskerCells {
    /** What is counted or remembered; the word is part of the token. */
    enum Kind {
        SUSPENDED("suspended"),
        THROTTLED("throttled"),
        THROTTLED_CALLS("throttled-calls"),
        CALLS("calls"),
        /** Calls among which misses are counted: not those that only repeat one person. */
        CALLS_SHARED("calls-shared"),
        MISSED("missed"),
        POINTS("points"),
        CLOSED("closed"),
        CONDITIONS_USED_UP("conditions-used-up"),
        NAMES_USED_UP("names-used-up"),
        OPERATORS_SUSPENDED("operators-suspended");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    private final String operator;
    private final Map<Kind, String> ofOperator = new EnumMap<>(Kind.class);
    private final Map<Kind, String> ofGrant = new EnumMap<>(Kind.class);

    AskerCells(ProbeTokens tokens, Asker asker) {
        this.operator = tokens.token("operator", List.of(asker.organisation(), asker.operator()));
        for (Kind kind : Kind.values()) {
            ofOperator.put(kind, ofOperator(tokens, operator, kind));
            ofGrant.put(kind, tokens.token("grant/" + kind.word, List.of(asker.grant())));
        }
    }

    /** A cell or counter of an operator who is known by a token. */
    static String ofOperator(ProbeTokens tokens, String operator, Kind kind) {
        return tokens.token("operator/" + kind.word, List.of(operator));
    }

    /** What the operator is known by. */
    String operator() {
        return operator;
    }

    /** A cell or counter of the operator. */
    String ofOperator(Kind kind) {
        return ofOperator.getOrDefault(kind, "");
    }

    /** A cell or counter of the grant. */
    String ofGrant(Kind kind) {
        return ofGrant.getOrDefault(kind, "");
    }
}
