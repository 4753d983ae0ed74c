package org.datareturn.sandbox.verification.batch;

/**
 * There is such a page already: another stream of the same batch has answered rows meanwhile. Nothing of the unit that
 * wanted to keep it was kept or counted.
 */
public final class PageTakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Another stream kept the page of this number. */
    public PageTakenException(long number) {
        super("page " + number + " of a batch was kept by another stream");
    }
}
