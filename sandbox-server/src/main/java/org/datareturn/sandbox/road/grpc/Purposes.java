package org.datareturn.sandbox.road.grpc;

import java.util.Optional;
import org.datareturn.policy.Purpose;

/** Purposes on the wire. */
public final class Purposes {
    private Purposes() {}

    /** What the wire says; empty when it says nothing this version knows. */
    public static Optional<Purpose> of(org.datareturn.proto.v1.Purpose purpose) {
        return switch (purpose) {
            case PURPOSE_ADMINISTRATIVE_BASIS -> Optional.of(Purpose.ADMINISTRATIVE_BASIS);
            case PURPOSE_WORK_REFERENCE -> Optional.of(Purpose.WORK_REFERENCE);
            case PURPOSE_DATA_CHECKING -> Optional.of(Purpose.DATA_CHECKING);
            case PURPOSE_BUSINESS_COORDINATION -> Optional.of(Purpose.BUSINESS_COORDINATION);
            case PURPOSE_OTHER -> Optional.of(Purpose.OTHER);
            case PURPOSE_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
        };
    }

    /** What goes on the wire. */
    public static org.datareturn.proto.v1.Purpose of(Purpose purpose) {
        return switch (purpose) {
            case ADMINISTRATIVE_BASIS -> org.datareturn.proto.v1.Purpose.PURPOSE_ADMINISTRATIVE_BASIS;
            case WORK_REFERENCE -> org.datareturn.proto.v1.Purpose.PURPOSE_WORK_REFERENCE;
            case DATA_CHECKING -> org.datareturn.proto.v1.Purpose.PURPOSE_DATA_CHECKING;
            case BUSINESS_COORDINATION -> org.datareturn.proto.v1.Purpose.PURPOSE_BUSINESS_COORDINATION;
            case OTHER -> org.datareturn.proto.v1.Purpose.PURPOSE_OTHER;
        };
    }
}
