package org.datareturn.sandbox.verification.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TurnTest {
    @Test
    void comesWhenTheChunkBeforeIsDecidedThoughNotYetSent() throws Exception {
        Turn first = Turn.beginning().next();
        Turn second = first.next();
        CompletableFuture<Boolean> comes = CompletableFuture.supplyAsync(second::comes);
        CompletableFuture<Boolean> maySend = CompletableFuture.supplyAsync(second::maySend);
        assertThat(first.comes()).isTrue();
        assertThat(comes).isNotDone();
        first.decided();
        assertThat(comes.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(maySend).isNotDone();
        first.sent();
        assertThat(maySend.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void neverComesAfterAChunkThatEndedTheStream() {
        Turn first = Turn.beginning().next();
        Turn second = first.next();
        Turn third = second.next();
        first.over();
        assertThat(second.comes()).isFalse();
        second.over();
        assertThat(third.comes()).isFalse();
        assertThat(third.maySend()).isFalse();
    }

    @Test
    void sendsNothingAfterAChunkThatWasDecidedAndThenLost() {
        Turn first = Turn.beginning().next();
        Turn second = first.next();
        first.decided();
        first.over();
        assertThat(second.comes()).isTrue();
        assertThat(second.maySend()).isFalse();
    }

    @Test
    void onceSentIsNotOver() {
        Turn turn = Turn.beginning().next();
        turn.decided();
        turn.sent();
        turn.over();
        assertThat(turn.isSent()).isTrue();
        assertThat(turn.next().comes()).isTrue();
    }
}
