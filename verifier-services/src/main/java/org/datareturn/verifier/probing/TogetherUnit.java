package org.datareturn.verifier.probing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A unit in which many questions are decided one after the other: what a cell holds is read once, for all of them, and
 * what they write is seen by those that follow. What is only renewed is written at the end. For one thread.
 */
final class TogetherUnit implements ProbeMemory.Unit {
    /** Of most cells nothing is known, and nothing is to be added. */
    private static final Map<String, ProbeEntry> NOTHING = Map.of();

    private final ProbeMemory.Unit unit;
    private final Map<String, Map<String, ProbeEntry>> known = new HashMap<>();
    private final Map<String, ProbeEntry> renewed = new LinkedHashMap<>();

    private final Set<String> stamped = new HashSet<>();
    private final Set<String> fresh = new HashSet<>();

    /** A unit over another one. */
    TogetherUnit(ProbeMemory.Unit unit) {
        this.unit = unit;
    }

    /** Reads cells that will be asked for. */
    void read(Collection<String> cells) {
        List<String> unknown = new ArrayList<>();
        for (String cell : cells) {
            if (known.putIfAbsent(cell, NOTHING) == null) {
                unknown.add(cell);
            }
        }
        if (unknown.isEmpty()) {
            return;
        }
        unit.entries(unknown, Instant.EPOCH).forEach((cell, entries) -> {
            Map<String, ProbeEntry> items = new LinkedHashMap<>();
            entries.forEach(entry -> items.put(entry.item(), entry));
            known.put(cell, items);
        });
    }

    /** Writes what was left for the end. */
    void finish() {
        if (!renewed.isEmpty()) {
            unit.renewAll(renewed);
        }
    }

    @Override
    public Map<String, List<ProbeEntry>> entries(Collection<String> cells, Instant since) {
        read(cells);
        Map<String, List<ProbeEntry>> found = new HashMap<>();
        for (String cell : cells) {
            Map<String, ProbeEntry> items = known.getOrDefault(cell, NOTHING);
            if (!items.isEmpty()) {
                List<ProbeEntry> recent = new ArrayList<>(items.size());
                for (ProbeEntry entry : items.values()) {
                    if (!entry.at().isBefore(since)) {
                        recent.add(entry);
                    }
                }
                found.put(cell, recent);
            }
        }
        return found;
    }

    @Override
    public boolean enter(String cell, ProbeEntry entry) {
        if (known.containsKey(cell) && items(cell).putIfAbsent(entry.item(), entry) != null) {
            return false;
        }
        return unit.enter(cell, entry);
    }

    @Override
    public void renew(String cell, ProbeEntry entry) {
        // What is left for the end must be seen by whoever asks before.
        read(List.of(cell));
        items(cell).put(entry.item(), entry);
        ProbeEntry other = renewed.put(cell, entry);
        if (other != null && !other.item().equals(entry.item())) {
            unit.renew(cell, other);
        }
    }

    /** What is known of a cell that was read, to be added to. */
    private Map<String, ProbeEntry> items(String cell) {
        return known.compute(cell, (name, items) -> items == null || items.isEmpty() ? new LinkedHashMap<>() : items);
    }

    @Override
    public void forget(String cell) {
        known.remove(cell);
        renewed.remove(cell);
        unit.forget(cell);
    }

    @Override
    public void forget(String cell, String item) {
        if (known.containsKey(cell)) {
            items(cell).remove(item);
        }
        ProbeEntry last = renewed.get(cell);
        if (last != null && last.item().equals(item)) {
            renewed.remove(cell);
        }
        unit.forget(cell, item);
    }

    @Override
    public long tally(String counter, long bucket, long by, int slack) {
        return unit.tally(counter, bucket, by, slack);
    }

    @Override
    public void expect(Collection<String> counters, long bucket) {
        unit.expect(counters, bucket);
    }

    /** Remembers things that may come once and will be asked about. */
    void once(Map<String, Instant> sent) {
        if (!sent.isEmpty()) {
            stamped.addAll(sent.keySet());
            fresh.addAll(unit.onceEach(sent));
        }
    }

    @Override
    public Instant onceSince() {
        return unit.onceSince();
    }

    @Override
    public boolean once(String token, Instant at) {
        // Of two of these requests that are the same, the second is not new.
        return stamped.contains(token) ? fresh.remove(token) : unit.once(token, at);
    }

    @Override
    public void forgetOnceBefore(Instant instant) {
        unit.forgetOnceBefore(instant);
    }

    @Override
    public void keep(KeptPage page) {
        unit.keep(page);
    }
}
