package org.datareturn.verifier.probing;

import java.time.Instant;

/**
 * Something sealed that is kept with a unit's work: what was answered, so that it need not be asked twice. Immutable.
 */
public final class KeptPage {
    private final String book;
    private final long number;
    private final String trace;
    private final byte[] sealed;
    private final Instant at;

    /**
     * A page.
     *
     * @param book what it belongs to, a keyed token
     * @param number its place in the book, from 1
     * @param trace what it is found by, too
     * @param sealed its content, encrypted
     * @param at when it is kept
     */
    public KeptPage(String book, long number, String trace, byte[] sealed, Instant at) {
        this.book = book;
        this.number = number;
        this.trace = trace;
        this.sealed = sealed.clone();
        this.at = at;
    }

    /** What it belongs to. */
    public String book() {
        return book;
    }

    /** Its place in the book. */
    public long number() {
        return number;
    }

    /** What it is found by, too. */
    public String trace() {
        return trace;
    }

    /** Its content, encrypted. */
    public byte[] sealed() {
        return sealed.clone();
    }

    /** When it was kept. */
    public Instant at() {
        return at;
    }
}
