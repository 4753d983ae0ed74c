package org.datareturn.sandbox.model;

import java.time.Instant;
import org.datareturn.sandbox.identity.Principal;
import org.datareturn.verifier.model.ModelFingerprint;

/**
 * A model as it stands now.
 *
 * @param fingerprint which model exactly; fixed when it is registered
 * @param status its state
 * @param policyRevision revision of the policy in force when its state last changed; an approval holds under that one only
 * @param registeredBy who registered it
 * @param registeredAt when
 */
public record RegisteredModel(
        ModelFingerprint fingerprint,
        ModelStatus status,
        String policyRevision,
        Principal registeredBy,
        Instant registeredAt) {}
