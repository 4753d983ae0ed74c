package org.datareturn.sandbox.zone.store;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The highest edition of each zone that was ever in use, remembered outside the zone folder. Whoever restores an old
 * copy of the whole folder brings back authentic files; only a memory they did not restore can tell. Implementations
 * are thread-safe and durable where they claim to be.
 */
public interface EditionFloor {
    /** The highest edition known of a zone; 0 when none is. */
    long of(String zone);

    /** Remembers an edition; a number below the known one changes nothing. */
    void raise(String zone, long edition);

    /** A floor that lasts as long as the process: it notices a folder set back under a running node. */
    static EditionFloor inMemory() {
        ConcurrentMap<String, Long> floors = new ConcurrentHashMap<>();
        return new EditionFloor() {
            @Override
            public long of(String zone) {
                return floors.getOrDefault(zone, 0L);
            }

            @Override
            public void raise(String zone, long edition) {
                floors.merge(zone, edition, Math::max);
            }
        };
    }
}
