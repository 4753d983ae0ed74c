package org.datareturn.sandbox.cli;

import java.util.Optional;
import org.datareturn.policy.Refusal;
import org.datareturn.proto.v1.Purpose;
import picocli.CommandLine.Option;

/** What a call to a zone states beside its question. */
final class SessionMixin {
    @Option(names = "--grant", required = true, paramLabel = "ID", description = "the grant it is made under")
    private String grant;

    @Option(names = "--zone", required = true, paramLabel = "NAME", description = "the data zone")
    private String zone;

    @Option(
            names = "--purpose",
            defaultValue = "WORK_REFERENCE",
            description =
                    "ADMINISTRATIVE_BASIS, WORK_REFERENCE, DATA_CHECKING, BUSINESS_COORDINATION or OTHER, as granted"
                            + " (default: ${DEFAULT-VALUE})")
    private String purpose;

    @Option(
            names = "--region",
            required = true,
            paramLabel = "CODE",
            description = "the division it concerns, GB/T 2260")
    private String region;

    String grant() {
        return grant;
    }

    String zone() {
        return zone;
    }

    String region() {
        return region;
    }

    /** The purpose on the wire; empty when there is none of that name. */
    Optional<Purpose> purpose() {
        return PurposeNames.named(purpose);
    }

    /** The refusal of a purpose there is none of. */
    Refusal unknownPurpose() {
        return PurposeNames.unknown(purpose);
    }
}
