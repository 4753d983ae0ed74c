package org.datareturn.sandbox.zone;

import java.util.Optional;
import org.datareturn.policy.Purpose;

/**
 * What every call to a zone states beside its query.
 *
 * @param grantId the grant it belongs to
 * @param zone the zone's name
 * @param purpose the purpose the caller states; without one the call is refused
 * @param region the division the question concerns
 */
public record ZoneQuestion(String grantId, String zone, Optional<Purpose> purpose, String region) {}
