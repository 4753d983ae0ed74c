package org.datareturn.sandbox.zone.flight;

/**
 * The road behind the endpoint: authenticate, load grant, authorise, do, release, mark, record. Implementations are
 * thread-safe and answer refusals as values; whatever they throw is a fault, which the endpoint answers with a fixed
 * text. A call that outlasts the endpoint's deadline is never interrupted; its reply is dropped.
 */
public interface ZoneQueries {
    /** Takes one query the whole road. Called exactly once for each execution of a statement. */
    ZoneReply query(WireCredentials who, ZoneSession session, String sql);

    /** What the grant shows of its zone, after the same gate. Called once for each catalogue command. */
    CatalogueReply catalogue(WireCredentials who, ZoneSession session);
}
