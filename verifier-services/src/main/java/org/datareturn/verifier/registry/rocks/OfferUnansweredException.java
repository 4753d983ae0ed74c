package org.datareturn.verifier.registry.rocks;

import java.io.IOException;

/** An edition is offered and was not taken over while somebody waited; it still will be. */
public final class OfferUnansweredException extends IOException {
    private static final long serialVersionUID = 1L;

    OfferUnansweredException() {
        super("an edition is ready and was not taken over yet");
    }
}
