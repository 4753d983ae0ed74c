package org.datareturn.verifier.registry;

import java.io.IOException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.datareturn.verifier.reason.RegistryReason;
import org.datareturn.verifier.tokens.RecordTokens;
import org.datareturn.verifier.tokens.SubjectTokens;

/**
 * What a store writes of an edition beside its records, under a keyed seal: another key, another shape or a changed date is
 * noticed before the edition answers, instead of answering "no" to everybody. Texts as they are written.
 */
public record EditionFacts(
        String shape,
        String registry,
        long number,
        String source,
        String acquiredOn,
        String builtAt,
        long records,
        int keyId) {
    /** The facts of an edition of a registry of some shape. */
    public static EditionFacts of(RegistrySchema schema, Edition edition) {
        return new EditionFacts(
                schema.canonical(),
                edition.registry(),
                edition.number(),
                edition.origin().source(),
                edition.origin().acquiredOn().toString(),
                edition.builtAt().toString(),
                edition.records(),
                edition.keyId());
    }

    /** The seal over them. */
    public byte[] seal(RecordTokens tokens) {
        return tokens.seal(List.of(
                shape,
                registry,
                Long.toString(number),
                source,
                acquiredOn,
                builtAt,
                Long.toString(records),
                Integer.toString(keyId)));
    }

    /**
     * The edition they speak of, held to its seal.
     *
     * @throws IOException when it is of another shape, or the seal does not hold under our keys
     */
    public Edition held(byte[] seal, RegistrySchema schema, SubjectTokens keys) throws IOException {
        RecordTokens tokens = keys.under(keyId)
                .orElseThrow(() -> new RegistryException(RegistryReason.EDITION_KEY_UNKNOWN, Integer.toString(keyId)));
        if (!MessageDigest.isEqual(seal(tokens), seal)) {
            throw new RegistryException(RegistryReason.EDITION_SEAL_BROKEN);
        }
        if (!shape.equals(schema.canonical())) {
            throw new RegistryException(RegistryReason.EDITION_SHAPE_OTHER, shape, schema.canonical());
        }
        try {
            return new Edition(
                    registry,
                    number,
                    new EditionOrigin(source, LocalDate.parse(acquiredOn)),
                    Instant.parse(builtAt),
                    records,
                    keyId);
        } catch (DateTimeException e) {
            throw new IOException("its dates are none", e);
        }
    }
}
