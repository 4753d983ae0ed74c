package org.datareturn.sandbox.keys;

/**
 * The permission to touch key bytes. It does nothing; that every use must name it makes every such place findable
 * ({@code grep KeyBytesAccess}), as {@code InsecureSecretKeyAccess} does for Tink.
 */
public final class KeyBytesAccess {
    private static final KeyBytesAccess INSTANCE = new KeyBytesAccess();

    private KeyBytesAccess() {}

    /** States, where key bytes leave the ring, that this is meant. */
    public static KeyBytesAccess iKnowKeyBytesLeaveTheRing() {
        return INSTANCE;
    }
}
