package org.datareturn.verifier.probing;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A token that is made when it is first wanted: most questions are answered without, and tokens are most of what a question
 * costs. Made twice at once it is the same. Thread-safe.
 */
final class LateToken {
    private final Supplier<String> make;
    private volatile @Nullable String made;

    /** @param make makes it, the same each time */
    LateToken(Supplier<String> make) {
        this.make = make;
    }

    String get() {
        @Nullable String known = made;
        if (known == null) {
            known = make.get();
            made = known;
        }
        return known;
    }
}
