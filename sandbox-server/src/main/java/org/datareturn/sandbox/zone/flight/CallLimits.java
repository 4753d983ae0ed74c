package org.datareturn.sandbox.zone.flight;

import java.util.HashMap;
import java.util.Map;

/** How many calls run at a time, of one caller and of all. Thread-safe. */
final class CallLimits {
    private final int perCaller;
    private final int total;
    private final Map<CallerKey, Integer> running = new HashMap<>();
    private int all;

    CallLimits(int perCaller, int total) {
        this.perCaller = perCaller;
        this.total = total;
    }

    /** Counts one call in, or refuses it. The permit must be closed once the call has ended. */
    synchronized Permit enter(CallerKey caller) {
        int mine = running.getOrDefault(caller, 0);
        if (all >= total || mine >= perCaller) {
            throw RefusalStatus.of(FlightReason.FLIGHT_TOO_MANY_CALLS);
        }
        all++;
        running.put(caller, mine + 1);
        return new Permit(caller);
    }

    private synchronized void leave(CallerKey caller) {
        all--;
        running.computeIfPresent(caller, (key, count) -> count > 1 ? count - 1 : null);
    }

    /** One running call. */
    final class Permit implements AutoCloseable {
        private final CallerKey caller;

        private Permit(CallerKey caller) {
            this.caller = caller;
        }

        @Override
        public void close() {
            leave(caller);
        }
    }
}
