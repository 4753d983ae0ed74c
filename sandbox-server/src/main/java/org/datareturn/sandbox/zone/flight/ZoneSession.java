package org.datareturn.sandbox.zone.flight;

/**
 * What a connection states about itself, verbatim from its call headers (the parameters of a JDBC URL). Nothing of it
 * is believed here: the road holds it against the grant.
 *
 * @param grantId identifier of the grant the session works under, parameter {@code grant}
 * @param zone the data zone, parameter {@code zone}
 * @param purpose usage category (SD-3 Appendix A), parameter {@code purpose}
 * @param region administrative division (GB/T 2260) the questions concern, parameter {@code region}
 */
public record ZoneSession(String grantId, String zone, String purpose, String region) {}
