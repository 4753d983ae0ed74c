package org.datareturn.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a caller reads of a refusal. */
class RefusalTest {
    /** A reason with and one without a full stop; catalogues hold both. */
    private enum Reason implements ReasonCode {
        OPEN("不允许 {0}", "{0} is not allowed"),
        STOPPED("没有 {0}。", "There is no {0}.");

        private final String zh;
        private final String en;

        Reason(String zh, String en) {
            this.zh = zh;
            this.en = en;
        }

        @Override
        public Kind kind() {
            return Kind.INVALID;
        }

        @Override
        public String zh() {
            return zh;
        }

        @Override
        public String en() {
            return en;
        }
    }

    @Test
    void endsASentenceBeforeTheHintBegins() {
        assertThat(Refusal.of(Reason.OPEN, "x").withHint("请用 SUM。", "Use SUM.").messageEn())
                .isEqualTo("x is not allowed. Use SUM.");
        assertThat(Refusal.of(Reason.STOPPED, "x")
                        .withHint("请用 SUM。", "Use SUM.")
                        .messageEn())
                .isEqualTo("There is no x. Use SUM.");
        assertThat(Refusal.of(Reason.OPEN, "x").withHint("请用 SUM。", "Use SUM.").messageZh())
                .isEqualTo("不允许 x。请用 SUM。");
        assertThat(Refusal.of(Reason.STOPPED, "x")
                        .withHint("请用 SUM。", "Use SUM.")
                        .messageZh())
                .isEqualTo("没有 x。请用 SUM。");
    }

    @Test
    void namesAPlaceWithinTheSentence() {
        assertThat(Refusal.of(Reason.OPEN, "x").at(1, 8).messageEn()).isEqualTo("x is not allowed (line 1, column 8)");
        assertThat(Refusal.of(Reason.STOPPED, "x").at(1, 8).messageEn()).isEqualTo("There is no x (line 1, column 8).");
        assertThat(Refusal.of(Reason.OPEN, "x")
                        .at(1, 8)
                        .withHint("请改写。", "Write on.")
                        .messageZh())
                .isEqualTo("不允许 x（第 1 行第 8 列）。请改写。");
    }

    @Test
    void addsNothingWithoutAHint() {
        assertThat(Refusal.of(Reason.OPEN, "x").messageEn()).isEqualTo("x is not allowed");
        assertThat(Refusal.of(Reason.STOPPED, "x").messageZh()).isEqualTo("没有 x。");
    }
}
