package org.datareturn.verifier;

import java.util.Map;
import java.util.TreeSet;

/**
 * What a caller wants checked, as it was sent. Personal data: {@link #toString} names the fields and shows no value.
 *
 * @param product the product's name
 * @param fields the values by field name
 */
public record VerificationRequest(String product, Map<String, String> fields) {
    public VerificationRequest {
        fields = Map.copyOf(fields);
    }

    /** The product and the names of the fields, without values. */
    @Override
    public String toString() {
        return "VerificationRequest[" + product + " " + new TreeSet<>(fields.keySet()) + "]";
    }
}
