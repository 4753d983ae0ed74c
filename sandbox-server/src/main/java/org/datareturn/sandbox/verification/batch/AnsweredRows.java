package org.datareturn.sandbox.verification.batch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where the answered rows of one batch stand: runs of successive rows, so that a million rows numbered one after the other
 * take a thousand entries. A row answered again stands where it was answered last. For one thread.
 */
final class AnsweredRows {
    /** So many runs and moved rows are kept in memory. */
    private static final int MOST_ENTRIES = 200_000;

    private final TreeMap<Long, Run> runs = new TreeMap<>();
    private final Map<Long, Place> moved = new HashMap<>();
    private long pages;

    private record Run(long to, Place from) {}

    /**
     * Where a row stands.
     *
     * @param page number of the page
     * @param place in it, from 1
     */
    record Place(long page, int place) {}

    /** Adds a page; false when the batch is too scattered to be kept in mind. */
    boolean add(AnsweredPage page) {
        pages = Math.max(pages, page.number());
        List<AnsweredPage.Row> rows = page.rows();
        int i = 0;
        while (i < rows.size()) {
            long from = rows.get(i).row();
            if (find(from).isPresent()) {
                moved.put(from, new Place(page.number(), i + 1));
                i++;
                continue;
            }
            int end = i + 1;
            while (end < rows.size()
                    && rows.get(end).row() == rows.get(end - 1).row() + 1
                    && find(rows.get(end).row()).isEmpty()) {
                end++;
            }
            runs.put(from, new Run(rows.get(end - 1).row(), new Place(page.number(), i + 1)));
            i = end;
        }
        return runs.size() + moved.size() <= MOST_ENTRIES;
    }

    Optional<Place> find(long row) {
        Place elsewhere = moved.get(row);
        if (elsewhere != null) {
            return Optional.of(elsewhere);
        }
        Map.Entry<Long, Run> run = runs.floorEntry(row);
        if (run == null || run.getValue().to() < row) {
            return Optional.empty();
        }
        Place first = run.getValue().from();
        return Optional.of(new Place(first.page(), first.place() + (int) (row - run.getKey())));
    }

    /** The number of the next page. */
    long nextPage() {
        return pages + 1;
    }
}
