package org.datareturn.guard.load;

/** Data that do not fit their declaration. The message names table, line and column, never a value. */
public final class LoadException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String zh;

    /** Data refused for a reason given in English and Chinese. */
    public LoadException(String en, String zh) {
        super(en);
        this.zh = zh;
    }

    /** The reason in Chinese. */
    public String zh() {
        return zh;
    }
}
