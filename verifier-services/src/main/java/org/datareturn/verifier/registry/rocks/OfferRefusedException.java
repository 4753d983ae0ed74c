package org.datareturn.verifier.registry.rocks;

import java.io.IOException;
import org.datareturn.policy.Refusal;

/** An edition that was built is not taken over; the one before goes on answering. */
public final class OfferRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String zh;
    private final String en;

    OfferRefusedException(OfferAnswer answer) {
        super(answer.en());
        this.code = answer.code();
        this.zh = answer.zh();
        this.en = answer.en();
    }

    OfferRefusedException(Refusal refusal) {
        super(refusal.messageEn());
        this.code = refusal.reason().name();
        this.zh = refusal.messageZh();
        this.en = refusal.messageEn();
    }

    /** The code of the reason, as whoever refused it gave it. */
    public String code() {
        return code;
    }

    /** The reason in Chinese. */
    public String zh() {
        return zh;
    }

    /** The reason in English. */
    public String en() {
        return en;
    }
}
