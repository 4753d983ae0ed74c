package org.datareturn.guard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.datareturn.guard.plan.Question;
import org.datareturn.policy.Refusal;

/**
 * What questions read before turned out to be, the ones used longest ago forgotten first. Reading depends on the text, on
 * what the caller may see, on the least group size and on the edition's facts, and on nothing else, so nothing else is in
 * the key. Holds at most {@value #MOST} texts of at most 20,000 characters each, which the reader's own bounds keep to a
 * few kilobytes of plan; no data. Thread-safe.
 */
final class PlanCache {
    static final int MOST = 512;

    private static final float LOAD = 0.75f;

    private final Map<Key, Reading> readings = new LinkedHashMap<>(MOST, LOAD, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Reading> eldest) {
            return size() > MOST;
        }
    };

    /**
     * What a reading depends on.
     *
     * @param literals what stands in the places of the text that were left for it
     * @param columns what the caller is granted
     * @param edition the digest of the edition asked
     */
    record Key(String sql, List<Object> literals, Set<String> columns, int minGroupSize, String edition) {
        Key {
            literals = List.copyOf(literals);
            columns = Set.copyOf(columns);
        }
    }

    /** What came of reading a text. */
    sealed interface Reading {
        /**
         * A question.
         *
         * @param digest its plan's
         */
        record Understood(Question question, String digest) implements Reading {}

        /** None that this zone answers to this caller. */
        record Turned(Refusal refusal) implements Reading {}
    }

    /** Reads a text that has not been read yet. */
    @FunctionalInterface
    interface Reader {
        Question read() throws QueryRefused;
    }

    /**
     * The reading of a text; two threads that ask for the same at once may both read it.
     *
     * @param reader reads it when it is not known
     */
    Reading get(Key key, Reader reader) {
        synchronized (readings) {
            Reading known = readings.get(key);
            if (known != null) {
                return known;
            }
        }
        Reading read;
        try {
            Question question = reader.read();
            read = new Reading.Understood(question, GuardedQuestion.digest(question.canonical() + key.minGroupSize()));
        } catch (QueryRefused refused) {
            read = new Reading.Turned(refused.refusal());
        }
        synchronized (readings) {
            readings.put(key, read);
        }
        return read;
    }

    /** How many texts it holds. */
    int size() {
        synchronized (readings) {
            return readings.size();
        }
    }
}
