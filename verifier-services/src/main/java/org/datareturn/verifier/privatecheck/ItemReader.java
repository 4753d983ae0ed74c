package org.datareturn.verifier.privatecheck;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.datareturn.policy.Refusal;
import org.datareturn.verifier.normalise.NormalValue;
import org.datareturn.verifier.normalise.Parsed;
import org.datareturn.verifier.product.ProductDeclaration;
import org.datareturn.verifier.product.ProductField;
import org.datareturn.verifier.reason.VerifierReason;

/**
 * Makes items of a product from values as they were typed or stand in a file. Agency and service read alike, or nothing
 * would agree: subject, keys, then what must match, each as the product normalises it. Immutable and thread-safe.
 */
public final class ItemReader {
    private final ProductDeclaration product;
    private final List<ProductField> order;
    private final Clock clock;

    /**
     * A reader for one product.
     *
     * @param clock says which dates lie in the future, in its own time zone
     * @throws IllegalArgumentException when the product cannot be checked privately
     */
    public ItemReader(ProductDeclaration product, Clock clock) {
        if (OpenEpoch.unsuited(product).isPresent()) {
            throw new IllegalArgumentException("the product " + product.name() + " cannot be checked privately");
        }
        this.product = product;
        this.order = Stream.of(Stream.of(product.subject()), product.keys().stream(), product.matches().stream())
                .flatMap(fields -> fields)
                .toList();
        this.clock = clock;
    }

    /**
     * Reads one item.
     *
     * @param fields the product's fields by name, no more and no fewer
     */
    public ItemReading read(Map<String, String> fields) {
        List<NormalValue> values = new ArrayList<>(order.size());
        for (ProductField field : order) {
            String text = fields.get(field.name());
            if (text == null) {
                return malformed(VerifierReason.FIELD_MISSING, field);
            }
            switch (field.normalisation().parse(text, clock)) {
                case Parsed.Accepted<? extends NormalValue> accepted -> values.add(accepted.value());
                case Parsed.Rejected<? extends NormalValue> rejected -> {
                    return malformed(rejected.reason(), field);
                }
            }
        }
        return fields.size() == order.size()
                ? new ItemReading.Read(PrivateItem.of(product.name(), values))
                : new ItemReading.Malformed(Refusal.of(VerifierReason.FIELD_UNEXPECTED, "?"));
    }

    private static ItemReading malformed(VerifierReason reason, ProductField field) {
        return new ItemReading.Malformed(Refusal.of(reason, field.name()));
    }
}
