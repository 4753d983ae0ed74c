package org.datareturn.sandbox.zone.flight;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * Answers between GetFlightInfo and DoGet. Each waits under a random 256-bit handle, for one fetch, by the caller and
 * session it was made for, until it expires. A place is reserved before the road is walked, so that no query is run
 * (and paid for) whose answer could not be kept. Thread-safe.
 */
final class HeldAnswers {
    private static final int HANDLE_BYTES = 32;

    private final FlightSqlOptions.Limits limits;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Held> held = new HashMap<>();
    private final Map<CallerKey, Integer> places = new HashMap<>();
    private int allPlaces;
    private long cells;

    private record Held(CallerKey caller, CallerKey owner, Answer answer, long expiresAtMillis) {}

    HeldAnswers(FlightSqlOptions.Limits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** Reserves a place for one answer, or refuses. */
    synchronized Place reserve(CallerKey caller, CallerKey owner) {
        dropExpired();
        int mine = places.getOrDefault(caller, 0);
        if (mine >= limits.answersPerCaller() || allPlaces >= limits.answers()) {
            throw RefusalStatus.of(FlightReason.FLIGHT_TOO_MANY_ANSWERS);
        }
        places.put(caller, mine + 1);
        allPlaces++;
        return new Place(caller, owner);
    }

    /** Takes the answer out, once; empty for whoever is not its owner, who learns nothing and spoils nothing. */
    synchronized Optional<Answer> take(byte[] handle, CallerKey owner) {
        dropExpired();
        String name = HexFormat.of().formatHex(handle);
        Held found = held.get(name);
        if (found == null || !found.owner().equals(owner)) {
            return Optional.empty();
        }
        held.remove(name);
        forget(found);
        return Optional.of(found.answer());
    }

    /** Drops whatever has waited too long. */
    synchronized void dropExpired() {
        long now = clock.millis();
        for (Iterator<Held> each = held.values().iterator(); each.hasNext(); ) {
            Held one = each.next();
            if (one.expiresAtMillis() <= now) {
                each.remove();
                forget(one);
            }
        }
    }

    private void forget(Held one) {
        cells -= one.answer().cells();
        giveBack(one.caller());
    }

    private void giveBack(CallerKey caller) {
        allPlaces--;
        places.computeIfPresent(caller, (key, count) -> count > 1 ? count - 1 : null);
    }

    private synchronized byte[] keep(Place place, Answer answer) {
        if (cells + answer.cells() > limits.heldCells()) {
            throw RefusalStatus.of(FlightReason.FLIGHT_TOO_MANY_ANSWERS);
        }
        byte[] handle = new byte[HANDLE_BYTES];
        random.nextBytes(handle);
        long expiresAt = clock.millis() + limits.answerLifetime().toMillis();
        held.put(HexFormat.of().formatHex(handle), new Held(place.caller, place.owner, answer, expiresAt));
        cells += answer.cells();
        place.used = true;
        return handle;
    }

    private synchronized void close(Place place) {
        if (!place.used) {
            place.used = true;
            giveBack(place.caller);
        }
    }

    /** A reserved place; given back on close unless an answer was put in it. */
    final class Place implements AutoCloseable {
        private final CallerKey caller;
        private final CallerKey owner;
        private boolean used;

        private Place(CallerKey caller, CallerKey owner) {
            this.caller = caller;
            this.owner = owner;
        }

        /** Keeps the answer here and returns its handle. */
        byte[] keep(Answer answer) {
            return HeldAnswers.this.keep(this, answer);
        }

        @Override
        public void close() {
            HeldAnswers.this.close(this);
        }
    }
}
