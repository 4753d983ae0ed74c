package org.datareturn.verifier.model;

/** Where approvals are looked up, with every call. Thread-safe. */
@FunctionalInterface
public interface ModelApprovals {
    /**
     * How a model stands.
     *
     * @param model the very model that would be used
     * @param policyRevision revision of the policy that allowed the call; an approval given under another does not hold
     */
    ModelStanding standing(ModelFingerprint model, String policyRevision);

    /** Approves whatever its author tries on the author's own files; never for a node. */
    static ModelApprovals authorsOwn() {
        return (model, policyRevision) -> new ModelStanding.Approved();
    }
}
