package org.datareturn.sandbox.cli.check;

import org.datareturn.proto.v1.Purpose;

/**
 * What every row of a list is asked under.
 *
 * @param grant the grant
 * @param product the product
 * @param purpose the purpose
 * @param region the division
 */
public record Asking(String grant, String product, Purpose purpose, String region) {}
