package org.datareturn.verifier.probing;

/**
 * Who asks, as limits are kept.
 *
 * @param organisation credit code of the organisation
 * @param operator the operator within it
 * @param grant the grant's identifier
 */
public record Asker(String organisation, String operator, String grant) {}
