package org.datareturn.verifier;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.datareturn.policy.Ask;
import org.datareturn.policy.AuthorisedCall;
import org.datareturn.verifier.probing.RequestStamp;

/**
 * What a caller wants checked, as it was sent. Personal data: {@link #toString} names the fields and shows no value.
 *
 * @param product the product's name
 * @param fields the values by field name
 * @param stamp what makes it good for once; a node asks for it, an author's trial does not
 */
public record VerificationRequest(String product, Map<String, String> fields, Optional<RequestStamp> stamp) {
    public VerificationRequest {
        fields = Map.copyOf(fields);
    }

    /** A request without a stamp. */
    public VerificationRequest(String product, Map<String, String> fields) {
        this(product, fields, Optional.empty());
    }

    /** Whether it asks just what a call was authorised for: one product, with certain fields. */
    public boolean isFor(AuthorisedCall call) {
        return call.input().ask() instanceof Ask.Verify ask
                && ask.product().equals(product)
                && ask.fields().equals(fields.keySet());
    }

    /** All of it in one order, field by field, to know it again by. */
    public List<String> parts() {
        List<String> parts = new ArrayList<>(List.of(product));
        new TreeMap<>(fields).forEach((name, value) -> {
            parts.add(name);
            parts.add(value);
        });
        return parts;
    }

    /** The product and the names of the fields, without values. */
    @Override
    public String toString() {
        return "VerificationRequest[" + product + " " + new TreeSet<>(fields.keySet()) + "]";
    }
}
