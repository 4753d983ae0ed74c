package org.datareturn.sandbox.verification.privatecheck;

import java.util.Optional;
import org.datareturn.policy.Purpose;

/**
 * What a private check is asked under.
 *
 * @param grantId the grant the caller names
 * @param product the product
 * @param purpose the purpose the caller states; without one the call is refused
 * @param region the division the matter belongs to
 */
public record PrivateAsking(String grantId, String product, Optional<Purpose> purpose, String region) {}
