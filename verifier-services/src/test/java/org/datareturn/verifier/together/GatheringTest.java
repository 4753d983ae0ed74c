package org.datareturn.verifier.together;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GatheringTest {
    @Test
    void givesEveryQuestionItsOwnAnswer() throws Exception {
        ConcurrentLinkedQueue<Integer> sizes = new ConcurrentLinkedQueue<>();
        Gathering<String, Integer, String> gathering = new Gathering<>((key, questions) -> {
            sizes.add(questions.size());
            return questions.stream().map(question -> key + question).toList();
        });
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 20_000; i++) {
                int question = i;
                answers.add(callers.submit(() ->
                        gathering.ask("abc".substring(question % 3, question % 3 + 1), question)));
            }
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get()).isEqualTo("abc".substring(i % 3, i % 3 + 1) + i);
            }
        }
        assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(20_000);
    }

    @Test
    void worksTogetherOnWhatComesWhileItWorks() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch allAsked = new CountDownLatch(1);
        ConcurrentLinkedQueue<Integer> sizes = new ConcurrentLinkedQueue<>();
        AtomicInteger asking = new AtomicInteger();
        Gathering<String, Integer, Integer> gathering = new Gathering<>((key, questions) -> {
            sizes.add(questions.size());
            begun.countDown();
            await(allAsked);
            return questions;
        });
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> first = callers.submit(() -> gathering.ask("key", 0));
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
            List<Thread> others = new ArrayList<>();
            for (int i = 1; i <= 10; i++) {
                int question = i;
                others.add(Thread.ofVirtual().start(() -> {
                    asking.incrementAndGet();
                    gathering.ask("key", question);
                }));
            }
            while (asking.get() < 10 || others.stream().anyMatch(other -> other.getState() != Thread.State.WAITING)) {
                Thread.onSpinWait();
            }
            allAsked.countDown();
            for (Thread other : others) {
                other.join();
            }
            assertThat(first.get()).isEqualTo(0);
        }
        assertThat(sizes).containsExactly(1, 10);
    }

    @Test
    void whatBreaksReachesEverybodyAndNobodyAfterThem() {
        AtomicInteger tries = new AtomicInteger();
        Gathering<String, String, String> gathering = Gathering.ofSame(key -> {
            if (tries.incrementAndGet() == 1) {
                throw new IllegalStateException("broken");
            }
            return key;
        });
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> gathering.ask("key", "key"))
                .withMessage("broken");
        assertThat(gathering.ask("key", "key")).isEqualTo("key");
    }

    @Test
    void anAnswerKnowsWhatWasDoneBeforeItsQuestion() throws Exception {
        AtomicLong written = new AtomicLong();
        Gathering<String, String, Long> gathering = Gathering.ofSame(key -> written.get());
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> seen = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) {
                seen.add(callers.submit(() -> {
                    long own = written.incrementAndGet();
                    return gathering.ask("key", "key") >= own;
                }));
            }
            for (Future<Boolean> one : seen) {
                assertThat(one.get()).isTrue();
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
