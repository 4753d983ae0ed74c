package org.datareturn.sandbox.cli;

/** Exit codes of every command. */
final class Exit {
    static final int OK = 0;
    static final int REFUSED_OR_FAILED = 1;
    static final int WRONG_USE = 2;

    private Exit() {}
}
