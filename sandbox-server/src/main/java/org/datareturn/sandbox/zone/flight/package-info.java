/**
 * The node's Arrow Flight SQL endpoint: ordinary SQL tools (the stock JDBC driver, DBeaver, ADBC) ask data zones here.
 * It carries what the edge saw to {@link org.datareturn.sandbox.zone.flight.ZoneQueries} and carries the reply back; it
 * decides nothing about data. Every Flight SQL command either goes through that port or is refused by name. Served as
 * the Arrow Flight SQL specification describes, for read-only use.
 */
@NullMarked
package org.datareturn.sandbox.zone.flight;

import org.jspecify.annotations.NullMarked;
