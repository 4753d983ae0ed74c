package org.datareturn.verifier.together;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets questions that arrive while others are being worked on be worked on together, so that what costs the same for one
 * and for many (a transaction) is paid once. A question that arrives alone is worked on at once: nothing waits for company
 * (flat combining: Hendler, Incze, Shavit and Tzafrir, SPAA 2010). Work on a question begins after it was asked, so it
 * sees whatever was done before. Thread-safe.
 *
 * @param <K> what questions must have in common to be worked on together
 * @param <Q> a question
 * @param <A> its answer
 */
public final class Gathering<K, Q, A> {
    private static final int STRIPES = 64;
    private static final int MOST_TOGETHER = 256;

    private final BiFunction<K, List<Q>, List<A>> work;
    private final List<Stripe> stripes = new ArrayList<>();

    /**
     * A place to gather.
     *
     * @param work answers questions with a common key, in their order; called by many threads
     */
    public Gathering(BiFunction<K, List<Q>, List<A>> work) {
        this.work = work;
        for (int i = 0; i < STRIPES; i++) {
            stripes.add(new Stripe());
        }
    }

    private record Waiting<K, Q, A>(K key, Q question, CompletableFuture<A> answer) {}

    /**
     * A place where all questions with a common key have the same answer, which is found once for all of them.
     *
     * @param find finds the answer; called by many threads
     */
    public static <K, A> Gathering<K, K, A> ofSame(Function<K, A> find) {
        return new Gathering<>((key, same) -> Collections.nCopies(same.size(), find.apply(key)));
    }

    /**
     * Asks a question and waits for its answer.
     *
     * @throws RuntimeException whatever the work threw, for every question that was worked on with it
     */
    public A ask(K key, Q question) {
        Waiting<K, Q, A> waiting = new Waiting<>(key, question, new CompletableFuture<>());
        stripes.get(Math.floorMod(key.hashCode(), STRIPES)).take(waiting);
        try {
            return waiting.answer().join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed;
        }
    }

    /** Questions whose keys fall together; worked on by one thread at a time. */
    private final class Stripe {
        private final Queue<Waiting<K, Q, A>> waiting = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean working = new AtomicBoolean();

        void take(Waiting<K, Q, A> one) {
            waiting.add(one);
            begin();
        }

        private void begin() {
            if (working.compareAndSet(false, true)) {
                Thread.startVirtualThread(this::workOff);
            }
        }

        private void workOff() {
            try {
                for (Map<K, List<Waiting<K, Q, A>>> some = some(); !some.isEmpty(); some = some()) {
                    some.forEach(this::answer);
                }
            } finally {
                working.set(false);
            }
            // Whoever came after the last look found this thread working and did not begin another.
            if (!waiting.isEmpty()) {
                begin();
            }
        }

        private Map<K, List<Waiting<K, Q, A>>> some() {
            Map<K, List<Waiting<K, Q, A>>> some = new LinkedHashMap<>();
            for (int n = 0; n < MOST_TOGETHER; n++) {
                @Nullable Waiting<K, Q, A> next = waiting.poll();
                if (next == null) {
                    break;
                }
                some.computeIfAbsent(next.key(), key -> new ArrayList<>()).add(next);
            }
            return some;
        }

        private void answer(K key, List<Waiting<K, Q, A>> together) {
            try {
                List<A> answers =
                        work.apply(key, together.stream().map(Waiting::question).toList());
                for (int i = 0; i < together.size(); i++) {
                    together.get(i).answer().complete(answers.get(i));
                }
            } catch (RuntimeException | Error failed) {
                // The boundary of a thread nobody sees: whatever broke must reach everybody who waits, or they wait for
                // ever.
                together.forEach(one -> one.answer().completeExceptionally(failed));
            }
        }
    }
}
