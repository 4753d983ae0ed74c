package org.datareturn.guard.audit;

import java.util.Arrays;

/** Which atom an element lies in. Elements are counted from 0 and from {@link MeasureVersions#LATER}. Not thread-safe. */
final class AtomIndex {
    static final int NO_ATOM = -1;

    private int[] early = new int[0];
    private int[] later = new int[0];

    /** The atom of an element; {@link #NO_ATOM} when it lies in none. */
    int get(int element) {
        int[] part = element < MeasureVersions.LATER ? early : later;
        int place = element & (MeasureVersions.LATER - 1);
        return place < part.length ? part[place] : NO_ATOM;
    }

    void put(int element, int atom) {
        int place = element & (MeasureVersions.LATER - 1);
        if (element < MeasureVersions.LATER) {
            early = roomFor(early, place);
            early[place] = atom;
        } else {
            later = roomFor(later, place);
            later[place] = atom;
        }
    }

    private static int[] roomFor(int[] part, int place) {
        if (place < part.length) {
            return part;
        }
        int[] wider = Arrays.copyOf(part, Math.max(place + 1, part.length + part.length / 2));
        Arrays.fill(wider, part.length, wider.length, NO_ATOM);
        return wider;
    }
}
