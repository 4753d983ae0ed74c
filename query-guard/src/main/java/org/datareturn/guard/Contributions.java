package org.datareturn.guard;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.datareturn.guard.declaration.ReleaseFloor;
import org.roaringbitmap.RoaringBitmap;

/**
 * Bounds what one subject adds to an answer: so many rows, in so many groups. Which of a subject's rows stay depends on
 * that subject's rows alone, so that one subject more or less changes nothing about the others. Where a table has one
 * row of each subject there is nothing to bound and nothing is lost.
 *
 * @param kept the rows that stay, by group
 * @param rows the most rows one subject has in them
 * @param groups the most groups one subject lies in
 */
record Contributions(List<RoaringBitmap> kept, int rows, int groups) {
    /** Bounds the rows of disjoint groups. */
    static Contributions bound(
            List<RoaringBitmap> groups, String fact, Population population, ReleaseFloor.Contribution most) {
        if (population.onePerSubject(fact)) {
            return new Contributions(groups, 1, 1);
        }
        TreeMap<Integer, Integer> groupOf = new TreeMap<>();
        for (int g = 0; g < groups.size(); g++) {
            int group = g;
            groups.get(g).forEach((int row) -> groupOf.put(row, group));
        }
        List<Integer> rows = List.copyOf(groupOf.keySet());
        List<Integer> owners = population.owners(fact, rows);
        Map<Integer, Integer> rowsOf = new HashMap<>();
        Map<Integer, Set<Integer>> groupsOf = new HashMap<>();
        List<RoaringBitmap> kept = new ArrayList<>();
        groups.forEach(group -> kept.add(new RoaringBitmap()));
        for (int i = 0; i < rows.size(); i++) {
            int owner = owners.get(i);
            int group = groupOf.getOrDefault(rows.get(i), 0);
            Set<Integer> lies = groupsOf.computeIfAbsent(owner, o -> new HashSet<>());
            boolean fits = rowsOf.getOrDefault(owner, 0) < most.rows()
                    && (lies.contains(group) || lies.size() < most.groups());
            if (fits) {
                lies.add(group);
                rowsOf.merge(owner, 1, Integer::sum);
                kept.get(group).add(rows.get(i));
            }
        }
        return new Contributions(kept, most.rows(), most.groups());
    }

    /** The sum of amounts over rows. */
    static BigInteger total(long[] amounts, RoaringBitmap rows) {
        BigInteger[] sum = {BigInteger.ZERO};
        long[] part = {0};
        rows.forEach((int row) -> {
            long amount = row < amounts.length ? amounts[row] : 0;
            long added = part[0] + amount;
            if (((part[0] ^ added) & (amount ^ added)) < 0) {
                sum[0] = sum[0].add(BigInteger.valueOf(part[0]));
                added = amount;
            }
            part[0] = added;
        });
        return sum[0].add(BigInteger.valueOf(part[0]));
    }
}
