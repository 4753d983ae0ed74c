package org.datareturn.guard;

/** What became of an offered new edition. */
public sealed interface Refresh {
    /**
     * The zone answers from the new edition.
     *
     * @param edition its digest
     */
    record Refreshed(String edition) implements Refresh {}

    /**
     * Some subjects changed, but fewer than {@code min_group_size}: asking before and after would single them out. The
     * zone keeps answering from the old edition; offer the changes together with later ones.
     *
     * @param edition the digest of the edition that stays
     */
    record HeldBack(String edition) implements Refresh {}
}
