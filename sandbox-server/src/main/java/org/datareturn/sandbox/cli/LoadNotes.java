package org.datareturn.sandbox.cli;

import java.util.Locale;
import org.datareturn.verifier.registry.LoadProgress;

/** Tells whoever waits how far a load has come. */
final class LoadNotes implements LoadProgress {
    private final Console console;

    LoadNotes(Console console) {
        this.console = console;
    }

    @Override
    public void reached(Reached now) {
        String share = now.percent().isPresent() ? ", " + now.percent().getAsInt() + " %" : "";
        String pace = String.format(Locale.ROOT, ", %.0f/s", now.perSecond());
        console.note(
                switch (now.stage()) {
                    case GOING_ON -> "  going on after 继续装载，已读 " + now.count() + " rows 行" + share;
                    case READING -> "  " + now.count() + " rows 行" + pace + share;
                    case WRITING -> "  " + now.count() + " records written 条已写入" + pace + share;
                });
    }
}
