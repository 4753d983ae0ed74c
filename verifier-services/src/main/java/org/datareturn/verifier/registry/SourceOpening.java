package org.datareturn.verifier.registry;

import java.util.List;

/** What came of opening a source. */
public sealed interface SourceOpening {
    /**
     * It can be read.
     *
     * @param rows close them
     */
    record Ready(SourceRows rows) implements SourceOpening {}

    /**
     * It cannot be read as a source of this registry, whenever it is tried.
     *
     * @param problems why: at least one
     */
    record Unusable(List<RowProblem> problems) implements SourceOpening {
        public Unusable {
            problems = List.copyOf(problems);
        }
    }
}
