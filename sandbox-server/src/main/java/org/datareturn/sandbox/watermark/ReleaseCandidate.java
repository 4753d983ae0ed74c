package org.datareturn.sandbox.watermark;

/**
 * One copy that was given out: which release, to whom, and the release as it was before marking.
 *
 * @param release the release's id
 * @param recipient who got it
 * @param unmarked the release before marking
 */
public record ReleaseCandidate(String release, String recipient, NeutralTable unmarked) {}
