package org.datareturn.verifier.model;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The fields of one Protocol Buffers message, by number: the wire format and nothing of any schema. */
final class ProtoFields {
    private static final int WIRE_TYPE_BITS = 3;
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED32 = 5;
    private static final int LONGEST_VARINT = 10;
    private static final int MOST_FIELDS = 1_000_000;

    private ProtoFields() {}

    /**
     * A field.
     *
     * @param number its number
     * @param varint its value where it is one, else zero
     * @param bytes its bytes where it has a length, else none
     */
    @SuppressWarnings("ArrayRecordComponent") // internal to one look through a file; never compared or kept
    record Field(int number, long varint, byte[] bytes) {}

    /** The fields of a message, or nothing when the bytes are none. */
    static Optional<List<Field>> of(byte[] message) {
        ByteBuffer in = ByteBuffer.wrap(message);
        List<Field> fields = new ArrayList<>();
        while (in.hasRemaining()) {
            Optional<Field> field = varint(in).flatMap(tag -> field(tag, in));
            if (field.isEmpty() || fields.size() == MOST_FIELDS) {
                return Optional.empty();
            }
            fields.add(field.get());
        }
        return Optional.of(fields);
    }

    /** Whether bytes are a message of which something holds. */
    static boolean each(byte[] message, Predicate<List<Field>> holds) {
        return of(message).filter(holds).isPresent();
    }

    private static Optional<Field> field(long tag, ByteBuffer in) {
        long number = tag >>> WIRE_TYPE_BITS;
        if (number <= 0 || number > Integer.MAX_VALUE) {
            return Optional.empty();
        }
        return switch ((int) (tag & ((1 << WIRE_TYPE_BITS) - 1))) {
            case VARINT -> varint(in).map(value -> new Field((int) number, value, new byte[0]));
            case FIXED64 -> take(in, Long.BYTES).map(bytes -> new Field((int) number, 0, bytes));
            case FIXED32 -> take(in, Integer.BYTES).map(bytes -> new Field((int) number, 0, bytes));
            case LENGTH_DELIMITED ->
                varint(in).flatMap(length -> take(in, length)).map(bytes -> new Field((int) number, 0, bytes));
            default -> Optional.empty();
        };
    }

    private static Optional<byte[]> take(ByteBuffer in, long length) {
        if (length < 0 || length > in.remaining()) {
            return Optional.empty();
        }
        byte[] bytes = new byte[(int) length];
        in.get(bytes);
        return Optional.of(bytes);
    }

    private static Optional<Long> varint(ByteBuffer in) {
        long value = 0;
        for (int i = 0; i < LONGEST_VARINT && in.hasRemaining(); i++) {
            byte next = in.get();
            value |= (long) (next & 0x7F) << (7 * i);
            if (next >= 0) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
