package org.datareturn.sandbox.zone;

import org.datareturn.guard.DataZone;
import org.datareturn.sandbox.zone.store.EditionManifest;

/**
 * A zone this node serves.
 *
 * @param data the open zone
 * @param manifest the edition it was loaded from
 */
public record ServedZone(DataZone data, EditionManifest manifest) {
    /** Its name. */
    public String name() {
        return data.declaration().zone();
    }

    /** Where its data come from, as results must say (SD-O 17). */
    public String source() {
        return manifest.provider() + " " + manifest.acquired();
    }
}
