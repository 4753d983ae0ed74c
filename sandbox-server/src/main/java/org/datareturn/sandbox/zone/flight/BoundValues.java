package org.datareturn.sandbox.zone.flight;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** The one row of values a client binds to a prepared call, as texts; whatever else is sent is refused. */
final class BoundValues {
    /** Longer than any value a parameter can have. */
    private static final int LONGEST_BYTES = 2_000;

    private static final long DAY_MILLIS = 86_400_000;

    private BoundValues() {}

    /** Reads a stream of exactly one row of so many values. */
    static List<String> read(FlightStream stream, int places) {
        if (!stream.next()) {
            throw malformed();
        }
        VectorSchemaRoot root = stream.getRoot();
        if (root.getRowCount() != 1 || root.getFieldVectors().size() != places) {
            throw RefusalStatus.of(FlightReason.FLIGHT_ARGUMENTS_UNBOUND, String.valueOf(places));
        }
        List<String> values = new ArrayList<>();
        for (FieldVector vector : root.getFieldVectors()) {
            values.add(text(vector));
        }
        if (stream.next()) {
            throw malformed();
        }
        return values;
    }

    private static String text(FieldVector vector) {
        if (vector.isNull(0)) {
            throw malformed();
        }
        return switch (vector) {
            case VarCharVector texts -> text(texts.get(0));
            case BigIntVector wholes -> Long.toString(wholes.get(0));
            case IntVector wholes -> Integer.toString(wholes.get(0));
            case SmallIntVector wholes -> Short.toString(wholes.get(0));
            case TinyIntVector wholes -> Byte.toString(wholes.get(0));
            case DecimalVector decimals -> decimals.getObject(0).toPlainString();
            case Float8Vector reals -> real(reals.get(0));
            case BitVector truths -> Boolean.toString(truths.get(0) == 1);
            case DateDayVector days -> LocalDate.ofEpochDay(days.get(0)).toString();
            case DateMilliVector days ->
                LocalDate.ofEpochDay(Math.floorDiv(days.get(0), DAY_MILLIS)).toString();
            default -> throw malformed();
        };
    }

    private static String text(byte[] bytes) {
        if (bytes.length > LONGEST_BYTES) {
            throw malformed();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String real(double value) {
        if (!Double.isFinite(value)) {
            throw malformed();
        }
        return BigDecimal.valueOf(value).toPlainString();
    }

    private static RuntimeException malformed() {
        return RefusalStatus.of(FlightReason.FLIGHT_COMMAND_MALFORMED);
    }
}
