package org.datareturn.sandbox.control.jdbc;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * What was read of a table that one store of this process alone writes: remembered until that store changes anything. What
 * is read while a change is being made is remembered nowhere, so once {@link #forget} has returned nobody finds what was
 * before. Of a database that others may write nothing is remembered. Thread-safe.
 *
 * @param <K> what is looked up
 * @param <V> what is found; that nothing was found is not remembered
 */
public final class Remembered<K, V> {
    private static final int MOST = 10_000;

    private final boolean alone;
    private volatile ConcurrentMap<K, V> known = new ConcurrentHashMap<>();

    private Remembered(boolean alone) {
        this.alone = alone;
    }

    /** A memory for a store that alone writes its tables. */
    public static <K, V> Remembered<K, V> ofTheOnlyWriter() {
        return new Remembered<>(true);
    }

    /** No memory, for a store that is one of several writers. */
    public static <K, V> Remembered<K, V> never() {
        return new Remembered<>(false);
    }

    /** What is remembered of a key, else what is read. */
    public Optional<V> find(K key, Function<K, Optional<V>> read) {
        if (!alone) {
            return read.apply(key);
        }
        // Whatever is read from here on goes into this map, which a change made meanwhile throws away.
        ConcurrentMap<K, V> now = known;
        Optional<V> found = Optional.ofNullable(now.get(key)).or(() -> read.apply(key));
        found.filter(value -> now.size() < MOST).ifPresent(value -> now.putIfAbsent(key, value));
        return found;
    }

    /** To be called when a change has been made or may have been, before it is acknowledged. */
    public void forget() {
        known = new ConcurrentHashMap<>();
    }
}
