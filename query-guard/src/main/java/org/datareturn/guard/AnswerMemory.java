package org.datareturn.guard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.datareturn.guard.audit.LinearSpan;
import org.datareturn.guard.audit.RowNumbers;
import org.roaringbitmap.RoaringBitmap;

/**
 * What every organisation has been answered on one zone; the audit works on it. One memory belongs to one zone.
 * Thread-safe: an organisation's history is locked while one of its queries is decided and remembered.
 */
public final class AnswerMemory {
    private final Optional<Journal> journal;
    private final RowNumbers rows = new RowNumbers();
    private final Map<String, History> histories = new HashMap<>();

    private AnswerMemory(Optional<Journal> journal) {
        this.journal = journal;
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
            case JournalEntry.Answer answer -> history(answer.organisation()).restore(answer);
        }
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

    History history(String organisation) {
        synchronized (histories) {
            return histories.computeIfAbsent(organisation, o -> new History());
        }
    }

    private void append(JournalEntry entry) throws IOException {
        if (journal.isPresent()) {
            journal.get().append(entry.bytes());
        }
    }

    /**
     * Sets of elements an answer tells a sum over, of one kind.
     *
     * @param space what is summed: subjects or rows counted, or a measure's name
     * @param table the table whose rows the elements are; empty when they are subjects
     * @param elements the set
     */
    record Told(String space, String table, RoaringBitmap elements) {}

    /** One organisation's answers; its users hold its lock. */
    final class History {
        private final Map<String, Released.Content> answers = new HashMap<>();
        private final Map<String, LinearSpan> spans = new HashMap<>();
        private final Map<Integer, List<Told>> told = new LinkedHashMap<>();

        Optional<Released.Content> answer(String key) {
            return Optional.ofNullable(answers.get(key));
        }

        /** Every set that has been told, of every kind. */
        List<Told> told() {
            return told.values().stream().flatMap(List::stream).toList();
        }

        int nextNumber() {
            return told.size() + 1;
        }

        /** The span of a kind; to be copied before it is tried on. */
        LinearSpan span(Told kind) {
            return spans.computeIfAbsent(
                    kind.space(),
                    s -> new LinearSpan(kind.table().isEmpty() ? set -> set : set -> rows.subjects(kind.table(), set)));
        }

        /** Remembers an answer, durably first. */
        void remember(String organisation, String key, Released.Content content, Audit audit) throws IOException {
            append(new JournalEntry.Answer(organisation, key, content, audit.told()));
            answers.put(key, content);
            told.put(content.number(), audit.told());
            spans.putAll(audit.spans());
        }

        private void restore(JournalEntry.Answer answer) {
            answers.put(answer.key(), answer.content());
            told.put(answer.content().number(), answer.told());
            answer.told().forEach(t -> span(t).restore(t.elements()));
        }

        /**
         * The latest earlier answer that told something of the same kind: the one to be named in a refusal. Not the one
         * that overlaps most closely: which that is would compare hidden groups.
         */
        int latest(List<Told> asked) {
            Set<String> kinds = asked.stream().map(Told::space).collect(Collectors.toSet());
            return told.entrySet().stream()
                    .filter(earlier -> earlier.getValue().stream().anyMatch(one -> kinds.contains(one.space())))
                    .mapToInt(Map.Entry::getKey)
                    .max()
                    .orElse(0);
        }
    }
}
