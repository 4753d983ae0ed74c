package org.datareturn.verifier.tokens;

import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.prf.PrfConfig;
import java.security.GeneralSecurityException;

/** Keys made for one test. */
public final class TestKeys {
    private TestKeys() {}

    /** Fresh keys of the recommended kind. */
    public static SubjectTokens fresh() {
        return of(handle());
    }

    /** A keyset of one fresh key. */
    public static KeysetHandle handle() {
        try {
            PrfConfig.register();
            return KeysetHandle.newBuilder()
                    .addEntry(KeysetHandle.generateEntryFromParameters(SubjectTokens.recommendedParameters())
                            .withRandomId()
                            .makePrimary())
                    .build();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The same keyset with a fresh key on top as its primary. */
    public static KeysetHandle rotated(KeysetHandle old) {
        try {
            return KeysetHandle.newBuilder(old)
                    .addEntry(KeysetHandle.generateEntryFromParameters(SubjectTokens.recommendedParameters())
                            .withRandomId()
                            .makePrimary())
                    .build();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Tokens under a keyset. */
    public static SubjectTokens of(KeysetHandle handle) {
        try {
            return new SubjectTokens(handle);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
