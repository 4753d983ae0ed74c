package org.datareturn.sandbox.verification.batch;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.datareturn.policy.Caller;

/**
 * Places for the streams of one operator. Each stream takes memory for a few chunks and for what its batch was answered
 * before, so one operator has only so many at a time on a node. Thread-safe.
 */
final class StreamPlaces {
    /** Streams of one operator that may be open at once. */
    static final int MOST = 16;

    private final Map<Operator, Set<Place>> taken = new HashMap<>();

    private record Operator(String organisation, String name) {}

    /** A place for one stream, not yet taken. */
    Place place() {
        return new Place();
    }

    /** One stream's place: taken once, given up once, in whatever order the two come. */
    final class Place {
        private boolean over;

        /** Takes the place for an operator; false when all of the operator's are taken, or this one was given up before. */
        boolean take(Caller caller) {
            synchronized (taken) {
                if (over) {
                    return false;
                }
                Set<Place> places = taken.computeIfAbsent(
                        new Operator(caller.organisation(), caller.operator()), operator -> new HashSet<>());
                return places.contains(this) || (places.size() < MOST && places.add(this));
            }
        }

        /** Gives the place up. */
        void giveUp() {
            synchronized (taken) {
                over = true;
                taken.values().removeIf(places -> places.remove(this) && places.isEmpty());
            }
        }
    }
}
