package org.datareturn.verifier;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.datareturn.policy.Refusal;
import org.datareturn.verifier.normalise.NormalValue;
import org.datareturn.verifier.normalise.Normalisation;
import org.datareturn.verifier.normalise.Parsed;
import org.datareturn.verifier.product.ProductDeclaration;
import org.datareturn.verifier.product.ProductField;
import org.datareturn.verifier.reason.VerifierReason;

/** A request brought into normal form, or refused for what it says and never for what a registry holds. */
public sealed interface NormalRequest {
    /**
     * Every field is there and well formed.
     *
     * @param identity what names the record, the subject first, then the keys in the order declared
     * @param matches what must agree, in the order declared
     * @param conditions what conditions ask beside, in the order declared
     * @param byName every value by its field
     */
    record WellFormed(
            List<NormalValue> identity,
            List<NormalValue> matches,
            List<NormalValue> conditions,
            Map<String, NormalValue> byName)
            implements NormalRequest {
        public WellFormed {
            identity = List.copyOf(identity);
            matches = List.copyOf(matches);
            conditions = List.copyOf(conditions);
            byName = Map.copyOf(byName);
        }
    }

    /** It cannot be checked. */
    record Malformed(Refusal refusal) implements NormalRequest {}

    /** What a caller may see repeated of a field name it made up. */
    Pattern PLAIN_FIELD_NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");

    /** Holds a request to its product's declaration, field by field in the order declared. */
    static NormalRequest of(ProductDeclaration product, VerificationRequest request, Clock clock) {
        for (ProductField field : product.fields()) {
            if (!request.fields().containsKey(field.name())) {
                return malformed(VerifierReason.FIELD_MISSING, field.name());
            }
        }
        // Every declared field is there, so what is more is unexpected.
        if (request.fields().size() > product.fields().size()) {
            Set<String> unexpected = new TreeSet<>(request.fields().keySet());
            unexpected.removeAll(product.fieldNames());
            String name = unexpected.stream().findFirst().orElse("");
            return malformed(
                    VerifierReason.FIELD_UNEXPECTED,
                    PLAIN_FIELD_NAME.matcher(name).matches() ? name : "?");
        }
        Map<String, NormalValue> byName = new HashMap<>();
        for (ProductField field : product.fields()) {
            switch (parse(field.normalisation(), request.fields().getOrDefault(field.name(), ""), clock)) {
                case Parsed.Rejected<? extends NormalValue> rejected -> {
                    return malformed(rejected.reason(), field.name());
                }
                case Parsed.Accepted<? extends NormalValue> accepted -> {
                    byName.put(field.name(), accepted.value());
                }
            }
        }
        List<NormalValue> identity = new ArrayList<>(of(product, byName, ProductField.Role.SUBJECT));
        identity.addAll(of(product, byName, ProductField.Role.KEY));
        return new WellFormed(
                identity,
                of(product, byName, ProductField.Role.MATCH),
                of(product, byName, ProductField.Role.CONDITION),
                byName);
    }

    private static Parsed<? extends NormalValue> parse(Normalisation normalisation, String text, Clock clock) {
        return normalisation.parse(text, clock);
    }

    private static List<NormalValue> of(
            ProductDeclaration product, Map<String, NormalValue> byName, ProductField.Role role) {
        List<NormalValue> values = new ArrayList<>();
        for (ProductField field : product.of(role)) {
            values.add(Objects.requireNonNull(byName.get(field.name())));
        }
        return values;
    }

    private static Malformed malformed(VerifierReason reason, String field) {
        return new Malformed(Refusal.of(reason, field));
    }
}
