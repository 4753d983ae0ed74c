package org.datareturn.verifier.probing;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Where the limits against probing are remembered: distinct entries in cells, and tallies. Cells and items are keyed
 * tokens. Implementations are thread-safe and shared by every server of a node, and throw when they cannot remember: the
 * caller then refuses.
 */
public interface ProbeMemory {
    /**
     * Does one unit of work. Of units that name a cell in common one begins after the other has ended, on whichever server
     * they run; what a unit wrote is there for every later one. Work that a rival turned back may be done again, so it has
     * no effect but on its unit.
     *
     * @param cells what the unit is about; one may be named twice
     */
    <T> T alone(Collection<String> cells, Function<Unit, T> work);

    /** One unit of work; for its own thread, until it ends. */
    interface Unit {
        /**
         * The entries of cells met at or after an instant, in no order that matters; a cell without any may be left out.
         */
        Map<String, List<ProbeEntry>> entries(Collection<String> cells, Instant since);

        /**
         * Remembers an entry.
         *
         * @return whether the item is new to the cell; if not, nothing changes
         */
        boolean enter(String cell, ProbeEntry entry);

        /**
         * Remembers an entry anew: its time becomes the given one.
         */
        void renew(String cell, ProbeEntry entry);

        /** Remembers entries anew, one a cell. */
        default void renewAll(Map<String, ProbeEntry> byCell) {
            byCell.forEach(this::renew);
        }

        /**
         * Says which tallies will be asked for, so that they can be read together; changes nothing.
         *
         * @param bucket the stretch of time they will be asked for
         */
        default void expect(Collection<String> counters, long bucket) {}

        /**
         * Keeps a page of a book, together with all else the unit keeps. Two units never keep one page: the later fails.
         *
         * @throws RuntimeException when there is such a page, or the memory keeps none
         */
        default void keep(KeptPage page) {
            throw new UnsupportedOperationException("this memory keeps no pages");
        }

        /**
         * Since when this memory knows what came: of what was sent then or before, nobody can say whether it came already.
         */
        default Instant onceSince() {
            return Instant.MIN;
        }

        /**
         * Remembers something that may come once.
         *
         * @param token what it is known by
         * @param at when it was sent; it may be forgotten once nobody would take it any more
         * @return whether it is new
         */
        boolean once(String token, Instant at);

        /**
         * Remembers things that may come once, together.
         *
         * @param sent when each was sent, by what it is known by
         * @return those that are new
         */
        default Set<String> onceEach(Map<String, Instant> sent) {
            Set<String> fresh = new HashSet<>();
            sent.forEach((token, at) -> {
                if (once(token, at)) {
                    fresh.add(token);
                }
            });
            return fresh;
        }

        /** Forgets what may come once and was sent before an instant. */
        void forgetOnceBefore(Instant instant);

        /** Forgets all entries of a cell. */
        void forget(String cell);

        /** Forgets one entry of a cell, if it is there. */
        void forget(String cell, String item);

        /**
         * Adds to a tally.
         *
         * @param counter what is counted
         * @param bucket which stretch of time it is counted in; tallies of old buckets may be forgotten
         * @param by how much, zero to read
         * @param slack by how much each server may leave the others, and itself after a crash, behind
         * @return the tally afterwards
         */
        long tally(String counter, long bucket, long by, int slack);
    }
}
