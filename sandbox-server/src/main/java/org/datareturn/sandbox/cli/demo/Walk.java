package org.datareturn.sandbox.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The steps of a demo: each is announced, its result printed and kept; the demo holds only if every one did. */
public final class Walk {
    private final Consumer<String> out;
    private final List<String> failed = new ArrayList<>();
    private int number;

    /** A walk that prints. */
    public Walk(Consumer<String> out) {
        this.out = out;
    }

    /** Announces a step. */
    public void step(String en, String zh) {
        number++;
        out.accept("");
        out.accept(number + ". " + en + " · " + zh);
    }

    /** A line of a step's result. */
    public void say(String line) {
        out.accept("   " + line);
    }

    /** Holds a step to what must be so. */
    public void hold(String claim, boolean holds) {
        out.accept("   " + (holds ? "ok   " : "FAIL ") + claim);
        if (!holds) {
            failed.add(number + ": " + claim);
        }
    }

    /** What did not hold. */
    public List<String> failed() {
        return List.copyOf(failed);
    }

    /** How many steps were taken. */
    public int steps() {
        return number;
    }
}
