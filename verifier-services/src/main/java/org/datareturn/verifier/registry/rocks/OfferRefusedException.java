package org.datareturn.verifier.registry.rocks;

import java.io.IOException;

/** An edition that was built is not taken over; the one before goes on answering. The message says why. */
public final class OfferRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    OfferRefusedException(String why) {
        super(why);
    }
}
