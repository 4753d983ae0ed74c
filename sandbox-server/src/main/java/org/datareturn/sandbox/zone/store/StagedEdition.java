package org.datareturn.sandbox.zone.store;

/**
 * Proof that an edition was written whole and durably, and is not in use yet. Only {@link ZoneFileStore#stage} makes
 * them; they do not outlive the process.
 */
public final class StagedEdition {
    private final EditionManifest manifest;
    private final EditionPointer pointer;

    StagedEdition(EditionManifest manifest, EditionPointer pointer) {
        this.manifest = manifest;
        this.pointer = pointer;
    }

    /** What it holds. */
    public EditionManifest manifest() {
        return manifest;
    }

    EditionPointer pointer() {
        return pointer;
    }
}
