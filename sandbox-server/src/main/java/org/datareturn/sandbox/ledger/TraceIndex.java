package org.datareturn.sandbox.ledger;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * From trace ids to log indexes, and from indexes to places in the journal: 32 to 64 bytes of memory an entry, rebuilt
 * when the ledger is opened. A trace may have many entries; they are chained, so that adding one more costs the same.
 * Callers choose trace ids, so they are hashed under a random seed and cannot be chosen to collide. Not thread-safe.
 */
final class TraceIndex {
    /** Every so many entries a place is remembered; the ones between are found by reading on. */
    static final int STRIDE = 32;

    private static final int INITIAL_SLOTS = 1 << 10;

    private final long seedHigh;
    private final long seedLow;
    private long[] hashes = new long[INITIAL_SLOTS];
    private long[] latest = new long[INITIAL_SLOTS];
    private long[] previous = new long[INITIAL_SLOTS];
    private long[] places = new long[INITIAL_SLOTS / STRIDE];
    private long size;
    private long traces;

    TraceIndex(SecureRandom random) {
        this.seedHigh = random.nextLong() | 1;
        this.seedLow = random.nextLong() | 1;
    }

    /** Adds the next entry. */
    void add(TraceId trace, long journalPosition) {
        if (traces * 3 >= hashes.length * 2L) {
            grow();
        }
        int at = Math.toIntExact(size);
        if (at == previous.length) {
            previous = Arrays.copyOf(previous, previous.length * 2);
        }
        long hash = hash(trace);
        int slot = slotOf(hash);
        if (latest[slot] == 0) {
            traces++;
        }
        previous[at] = latest[slot];
        hashes[slot] = hash;
        latest[slot] = size + 1;
        if (size % STRIDE == 0) {
            int stride = at / STRIDE;
            if (stride == places.length) {
                places = Arrays.copyOf(places, places.length * 2);
            }
            places[stride] = journalPosition;
        }
        size++;
    }

    /** Number of entries. */
    long size() {
        return size;
    }

    /** Where the journal must be read from to come to an entry; {@code index % STRIDE} entries precede it there. */
    long placeBefore(long index) {
        return places[Math.toIntExact(index / STRIDE)];
    }

    /**
     * Indexes that may be of this trace, ascending, at most {@code limit} of the latest; whoever asks compares the
     * record.
     */
    List<Long> find(TraceId trace, int limit) {
        List<Long> found = new ArrayList<>();
        for (long at = latest[slotOf(hash(trace))]; at != 0 && found.size() < limit; at = previous[(int) (at - 1)]) {
            found.add(at - 1);
        }
        Collections.reverse(found);
        return found;
    }

    private void grow() {
        long[] oldHashes = hashes;
        long[] oldLatest = latest;
        hashes = new long[oldHashes.length * 2];
        latest = new long[oldLatest.length * 2];
        for (int i = 0; i < oldLatest.length; i++) {
            if (oldLatest[i] != 0) {
                int slot = slotOf(oldHashes[i]);
                hashes[slot] = oldHashes[i];
                latest[slot] = oldLatest[i];
            }
        }
    }

    // The slot of this hash, or the empty one where it would go.
    private int slotOf(long hash) {
        int slot = (int) (hash >>> 32) & (hashes.length - 1);
        while (latest[slot] != 0 && hashes[slot] != hash) {
            slot = (slot + 1) & (hashes.length - 1);
        }
        return slot;
    }

    private long hash(TraceId trace) {
        long high = Long.parseUnsignedLong(trace.hex().substring(0, 16), 16);
        long low = Long.parseUnsignedLong(trace.hex().substring(16), 16);
        return mix(mix(high ^ seedHigh) ^ low ^ seedLow);
    }

    // The finaliser of SplitMix64 (Steele, Lea, Flood 2014).
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
