package org.datareturn.verifier.probing;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A memory that ends with the process: for authors' trials and tests. One unit at a time. Thread-safe. */
public final class InProcessProbeMemory implements ProbeMemory {
    private final Map<String, Map<String, ProbeEntry>> cells = new HashMap<>();
    private final Map<String, Tally> tallies = new HashMap<>();

    private final Map<String, Instant> once = new HashMap<>();

    private record Tally(long bucket, long count) {}

    @Override
    public synchronized <T> T alone(Collection<String> about, Function<Unit, T> work) {
        return work.apply(new InProcessUnit());
    }

    private final class InProcessUnit implements Unit {
        @Override
        public Map<String, List<ProbeEntry>> entries(Collection<String> wanted, Instant since) {
            Map<String, List<ProbeEntry>> found = new HashMap<>();
            for (String cell : wanted) {
                Map<String, ProbeEntry> kept = cells.get(cell);
                if (kept != null) {
                    found.put(
                            cell,
                            kept.values().stream()
                                    .filter(entry -> !entry.at().isBefore(since))
                                    .toList());
                }
            }
            return found;
        }

        @Override
        public boolean enter(String cell, ProbeEntry entry) {
            return cells.computeIfAbsent(cell, c -> new LinkedHashMap<>()).putIfAbsent(entry.item(), entry) == null;
        }

        @Override
        public void renew(String cell, ProbeEntry entry) {
            cells.computeIfAbsent(cell, c -> new LinkedHashMap<>()).put(entry.item(), entry);
        }

        @Override
        public boolean once(String token, Instant at) {
            return InProcessProbeMemory.this.once.putIfAbsent(token, at) == null;
        }

        @Override
        public void forgetOnceBefore(Instant instant) {
            InProcessProbeMemory.this.once.values().removeIf(at -> at.isBefore(instant));
        }

        @Override
        public void forget(String cell) {
            cells.remove(cell);
        }

        @Override
        public void forget(String cell, String item) {
            cells.getOrDefault(cell, new HashMap<>()).remove(item);
        }

        @Override
        public long tally(String counter, long bucket, long by, int slack) {
            Tally kept = tallies.get(counter);
            long before = kept != null && kept.bucket() == bucket ? kept.count() : 0;
            if (by != 0) {
                tallies.put(counter, new Tally(bucket, before + by));
            }
            return before + by;
        }
    }
}
