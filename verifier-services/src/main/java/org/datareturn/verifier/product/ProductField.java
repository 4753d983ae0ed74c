package org.datareturn.verifier.product;

import org.datareturn.verifier.normalise.Normalisation;

/**
 * A field a product's request must have.
 *
 * @param name its name in requests, grants and the registry's files
 * @param role what it is for
 * @param normalisation how it is brought into normal form
 */
public record ProductField(String name, Role role, Normalisation normalisation) {
    /** What a field is for. */
    public enum Role {
        /** Names the person or body asked about; exactly one field does. */
        SUBJECT,
        /** Names, together with the subject, which record is asked about: a child, a licence, an insurance. */
        KEY,
        /** Must agree with the registry for the answer to be yes. */
        MATCH,
        /** Is held against facts or today by the product's conditions; not in the registry. */
        CONDITION
    }
}
