package org.datareturn.verifier.tokens;

import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.prf.PredefinedPrfParameters;
import com.google.crypto.tink.prf.Prf;
import com.google.crypto.tink.prf.PrfConfig;
import com.google.crypto.tink.prf.PrfSet;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.datareturn.verifier.normalise.NormalValue;

/**
 * Makes keyed tokens of persons and bodies under a set of pseudo-random function keys. Whoever holds these keys and a
 * registry's files can try every identification number there is; the files alone, or the keys alone, tell nothing. So
 * the keys are kept apart from the data, and this class never gives a key out.
 *
 * <p>A registry's edition is made under one key and read under the same one, found by its id; the primary key serves
 * new editions and the ledger. To rotate, add a key, make it primary, build a new edition, then retire the old key.
 *
 * <p>Thread-safe.
 */
public final class SubjectTokens {
    private static final int SUBJECT_TOKEN_LENGTH = 16;
    /** Length every key must be able to give, in bytes. */
    private static final int LONGEST_TOKEN = 32;

    private final int primaryKeyId;
    private final Map<Integer, RecordTokens> byKeyId;
    private final RecordTokens primary;
    private final ProbeTokens probes;

    /**
     * Tokens under the keys of a keyset.
     *
     * @param prfKeys a keyset of PRF keys; {@link #recommendedParameters} says of which kind
     * @throws GeneralSecurityException when it is not a set of PRF keys, or one of them gives less than 32 bytes
     */
    public SubjectTokens(KeysetHandle prfKeys) throws GeneralSecurityException {
        PrfConfig.register();
        PrfSet keys = prfKeys.getPrimitive(RegistryConfiguration.get(), PrfSet.class);
        Map<Integer, RecordTokens> made = new HashMap<>();
        for (Map.Entry<Integer, Prf> key : keys.getPrfs().entrySet()) {
            // Whether a key can give this length is found out now, so that it cannot fail in the middle of a call.
            key.getValue().compute(new byte[0], LONGEST_TOKEN);
            made.put(key.getKey(), new RecordTokens(key.getKey(), key.getValue()));
        }
        this.byKeyId = Map.copyOf(made);
        this.primaryKeyId = keys.getPrimaryId();
        this.primary = under(primaryKeyId)
                .orElseThrow(() -> new GeneralSecurityException("the keyset has no primary PRF key"));
        this.probes = new ProbeTokens(primary);
    }

    /** Tokens under a fresh key that nobody keeps: for trials that end with the process. */
    public static SubjectTokens ephemeral() {
        try {
            PrfConfig.register();
            return new SubjectTokens(KeysetHandle.newBuilder()
                    .addEntry(KeysetHandle.generateEntryFromParameters(recommendedParameters())
                            .withRandomId()
                            .makePrimary())
                    .build());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key of the recommended kind can always be made", e);
        }
    }

    /**
     * The kind of key to generate: HMAC-SHA256 with 32-byte keys. At the 60 to 100 bytes of a token's input it is as fast
     * as AES-CMAC, and it has no birthday bound at 2^64 blocks.
     */
    public static Parameters recommendedParameters() {
        return PredefinedPrfParameters.HMAC_SHA256_PRF;
    }

    /** The id of the key new editions are made under. */
    public int primaryKeyId() {
        return primaryKeyId;
    }

    /** The tokens of one key, when the keyset has it. */
    public Optional<RecordTokens> under(int keyId) {
        return Optional.ofNullable(byKeyId.get(keyId));
    }

    /** The tokens of the primary key. */
    public RecordTokens primary() {
        return primary;
    }

    /** The tokens the memory against probing is kept in, under the primary key. */
    public ProbeTokens probes() {
        return probes;
    }

    /** The subject as the ledger and quotas know it, under the primary key. */
    public SubjectToken subject(NormalValue subject) {
        return SubjectToken.of(primary.compute(
                List.of("datareturn/subject/v1", subject.normalisation().word(), subject.plain()),
                SUBJECT_TOKEN_LENGTH));
    }
}
