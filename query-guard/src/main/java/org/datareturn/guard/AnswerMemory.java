package org.datareturn.guard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.datareturn.guard.audit.Combination;
import org.datareturn.guard.audit.LinearSpan;
import org.datareturn.guard.audit.MeasureVersions;
import org.datareturn.guard.audit.RowNumbers;
import org.datareturn.guard.budget.Spending;
import org.roaringbitmap.RoaringBitmap;

/**
 * What every organisation has been answered on one zone; the audit works on it. One memory belongs to one zone.
 * Thread-safe: an organisation's history is locked while one of its queries is decided and remembered.
 */
public final class AnswerMemory {
    private final Optional<Journal> journal;
    private final RowNumbers rows;
    private final Map<String, MeasureVersions> measures;
    private final Map<String, History> histories = new HashMap<>();
    private final List<Spending> spendings = new ArrayList<>();

    private AnswerMemory(Optional<Journal> journal, RowNumbers rows, Map<String, MeasureVersions> measures) {
        this.journal = journal;
        this.rows = rows;
        this.measures = measures;
    }

    private AnswerMemory(Optional<Journal> journal) {
        this(journal, new RowNumbers(), new ConcurrentHashMap<>());
    }

    /** A memory of the same rows in which nothing has been answered and nothing is kept: for asking on trial. */
    AnswerMemory blank() {
        return new AnswerMemory(Optional.empty(), rows, measures);
    }

    /** A memory that ends with the process; for trials. */
    public static AnswerMemory inProcess() {
        return new AnswerMemory(Optional.empty());
    }

    /**
     * A memory that lives in a journal.
     *
     * @throws IOException when the journal cannot be read whole
     */
    public static AnswerMemory journalled(Journal journal) throws IOException {
        AnswerMemory memory = new AnswerMemory(Optional.of(journal));
        List<IOException> broken = new ArrayList<>();
        journal.replay(entry -> {
            try {
                memory.restore(JournalEntry.read(entry));
            } catch (IOException unreadable) {
                broken.add(unreadable);
            }
        });
        if (!broken.isEmpty()) {
            throw broken.getFirst();
        }
        return memory;
    }

    private void restore(JournalEntry entry) {
        switch (entry) {
            case JournalEntry.Rows added -> rows.add(added.rows());
            case JournalEntry.Measures changed ->
                versions(changed.changes().measure()).add(changed.changes());
            case JournalEntry.Spent spent -> spendings.add(spent.spending());
            case JournalEntry.Answer answer -> history(answer.organisation()).restore(answer);
            case JournalEntry.Noted noted -> history(noted.organisation()).restore(noted.told(), noted.replaced());
        }
    }

    /** What was spent of privacy budgets before this process began. */
    List<Spending> spendings() {
        return List.copyOf(spendings);
    }

    /** Remembers that a part of a privacy budget is spent, durably. */
    void spend(Spending spending) throws IOException {
        append(new JournalEntry.Spent(spending));
    }

    RowNumbers rows() {
        return rows;
    }

    /** Numbers rows not seen before, durably. */
    void number(RowNumbers.NewRows added) throws IOException {
        if (!added.rowHashes().isEmpty()) {
            append(new JournalEntry.Rows(added));
            rows.add(added);
        }
    }

    /** Which of a measure's values are the same across editions; the measure is table and column, with a point between. */
    MeasureVersions versions(String measure) {
        return measures.computeIfAbsent(measure, m -> new MeasureVersions());
    }

    /** Notes which rows' values of a measure changed, durably. */
    void follow(MeasureVersions.Changes changes) throws IOException {
        if (!changes.rows().isEmpty()) {
            append(new JournalEntry.Measures(changes));
            versions(changes.measure()).add(changes);
        }
    }

    History history(String organisation) {
        synchronized (histories) {
            return histories.computeIfAbsent(organisation, o -> new History());
        }
    }

    private synchronized void append(JournalEntry entry) throws IOException {
        if (journal.isPresent()) {
            journal.get().append(entry.bytes());
        }
    }

    /**
     * A sum an answer tells.
     *
     * @param space what is summed over what: the name of a {@link Space}
     * @param sum what it is over
     */
    record Told(String space, Combination sum) {}

    /**
     * A set that was asked for and something else told in its place, or nothing.
     *
     * @param space the name of a {@link Space}
     * @param asked the set
     * @param sum what was told; empty for nothing
     */
    record Replaced(String space, RoaringBitmap asked, Optional<Combination> sum) {}

    /** One organisation's answers; its users hold its lock. */
    final class History {
        private final Map<String, Released.Content> answers = new HashMap<>();
        private final Map<String, LinearSpan> spans = new HashMap<>();
        private final Map<String, List<Told>> told = new HashMap<>();
        private final Map<String, List<Replaced>> replaced = new HashMap<>();
        private int numbered;
        private boolean broken;

        Optional<Released.Content> answer(String key) {
            return Optional.ofNullable(answers.get(key));
        }

        /** Whether an answer that was about to be given could not be remembered: then no other may be given. */
        boolean broken() {
            return broken;
        }

        /** Every sum that has been told in a space. */
        List<Told> told(Space space) {
            return told.getOrDefault(space.name(), List.of());
        }

        /** Every set asked for in a space that something else was told for. */
        List<Replaced> replaced(Space space) {
            return replaced.getOrDefault(space.name(), List.of());
        }

        int nextNumber() {
            return numbered + 1;
        }

        /** Everything that can be computed from what was told in a space. */
        LinearSpan span(Space space) {
            return span(space.name());
        }

        private LinearSpan span(String space) {
            return spans.computeIfAbsent(space, s -> new LinearSpan());
        }

        /** Notes a sum that is about to be told. */
        void note(Told sum) {
            told.computeIfAbsent(sum.space(), s -> new ArrayList<>()).add(sum);
        }

        /** Notes a set in whose place something else is told. */
        void note(Replaced set) {
            replaced.computeIfAbsent(set.space(), s -> new ArrayList<>()).add(set);
        }

        /** Remembers an answer, durably, whose sums and replaced sets have been noted. */
        void remember(String organisation, String key, Released.Content content, List<Told> sums, List<Replaced> others)
                throws IOException {
            try {
                append(new JournalEntry.Answer(organisation, key, content, sums, others));
            } catch (IOException notDurable) {
                broken = true;
                throw notDurable;
            }
            answers.put(key, content);
            numbered++;
        }

        /** Remembers, durably, what was noted for a question that was then refused. */
        void remember(String organisation, List<Told> sums, List<Replaced> others) throws IOException {
            if (sums.isEmpty() && others.isEmpty()) {
                return;
            }
            try {
                append(new JournalEntry.Noted(organisation, sums, others));
            } catch (IOException notDurable) {
                broken = true;
                throw notDurable;
            }
        }

        private void restore(JournalEntry.Answer answer) {
            answers.put(answer.key(), answer.content());
            numbered++;
            restore(answer.told(), answer.replaced());
        }

        private void restore(List<Told> sums, List<Replaced> others) {
            others.forEach(this::note);
            for (Told sum : sums) {
                note(sum);
                span(sum.space()).restore(sum.sum());
            }
        }
    }
}
