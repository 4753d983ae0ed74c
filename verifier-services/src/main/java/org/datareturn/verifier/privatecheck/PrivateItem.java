package org.datareturn.verifier.privatecheck;

import java.util.Arrays;
import java.util.List;
import org.datareturn.verifier.normalise.NormalValue;

/**
 * What is asked about or held: a product and the values that must agree, in normal form, each behind its length. Two items
 * are equal exactly when product and values are. Personal data; says nothing by {@code toString}. Immutable.
 */
public final class PrivateItem {
    private final byte[] bytes;

    private PrivateItem(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * An item.
     *
     * @param product the product's name
     * @param values the subject, further keys and what must agree, in the order the product declares them: for
     *     {@code identity-check} the number, then the name
     */
    public static PrivateItem of(String product, List<? extends NormalValue> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("an item has at least one value");
        }
        Frame frame = new Frame().text(product);
        for (NormalValue value : values) {
            frame.text(value.plain());
        }
        return new PrivateItem(frame.bytes());
    }

    /** The input of the oblivious function: personal data in the clear. Never leaves the side that holds it. */
    public byte[] plainBytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PrivateItem item && Arrays.equals(bytes, item.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "PrivateItem";
    }
}
