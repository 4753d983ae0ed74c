package org.datareturn.verifier.registry;

/** What came of loading a file. */
public sealed interface LoadOutcome {
    /** What was found in the file. */
    LoadReport report();

    /**
     * An edition was built; it answers once it is published.
     *
     * @param draft publish or close it
     */
    record Built(DraftEdition draft, LoadReport report) implements LoadOutcome {}

    /** Nothing was built, and the report says why. */
    record NotBuilt(LoadReport report) implements LoadOutcome {}
}
