package org.datareturn.verifier.registry;

import java.time.LocalDate;

/**
 * Where an edition's data came from (SD-O 17: every result names its source).
 *
 * @param source the provider's own reference for the extract, such as its name or batch number
 * @param acquiredOn the day the extract was acquired
 */
public record EditionOrigin(String source, LocalDate acquiredOn) {
    public EditionOrigin {
        if (source.isBlank()) {
            throw new IllegalArgumentException("an edition names the source of its data");
        }
    }
}
