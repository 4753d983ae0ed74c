package org.datareturn.verifier;

import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
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

    /** The product and the names of the fields, without values. */
    @Override
    public String toString() {
        return "VerificationRequest[" + product + " " + new TreeSet<>(fields.keySet()) + "]";
    }
}
