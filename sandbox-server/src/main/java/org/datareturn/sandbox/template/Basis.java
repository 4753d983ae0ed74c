package org.datareturn.sandbox.template;

/**
 * What an assessment rests on. While the first two are the same, what was found and approved still holds; an edition of
 * new data under the same declaration changes neither.
 *
 * @param schemaDigest SHA-256 of the zone's declaration, which its edition was loaded under
 * @param policyRevision revision of the policy that allowed the assessing call
 * @param edition edition of the data it was rehearsed on, for the record
 */
public record Basis(String schemaDigest, String policyRevision, String edition) {
    /** Whether what was assessed under this still holds under another. */
    public boolean holdsUnder(Basis other) {
        return schemaDigest.equals(other.schemaDigest()) && policyRevision.equals(other.policyRevision());
    }
}
