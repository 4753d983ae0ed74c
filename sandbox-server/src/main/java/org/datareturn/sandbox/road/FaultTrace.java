package org.datareturn.sandbox.road;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a fault happened, for the log: the classes and the places of a throwable and its causes, and no messages, since
 * the message of an engine or a parser may quote a value.
 */
public final class FaultTrace {
    private static final int FRAMES = 6;

    private FaultTrace() {}

    /** One line about a fault. */
    public static String of(Throwable fault) {
        return Stream.iterate(fault, t -> t != null, Throwable::getCause)
                .limit(FRAMES)
                .map(t -> t.getClass().getName()
                        + Stream.of(t.getStackTrace())
                                .limit(FRAMES)
                                .map(frame -> " at " + frame)
                                .collect(Collectors.joining()))
                .collect(Collectors.joining(" caused by "));
    }
}
