package org.datareturn.sandbox.zone.flight;

import java.util.List;

/**
 * The road behind the endpoint: authenticate, load grant, authorise, do, release, mark, record. Implementations are
 * thread-safe and answer refusals as values; whatever they throw is a fault, which the endpoint answers with a fixed
 * text. A call that outlasts the endpoint's deadline is never interrupted; its reply is dropped.
 */
public interface ZoneQueries {
    /** Takes one query the whole road. Called exactly once for each execution of a statement. */
    ZoneReply query(WireCredentials who, ZoneSession session, String sql);

    /** Takes one run of an approved template the whole road. Called exactly once for each execution of a call. */
    ZoneReply call(WireCredentials who, ZoneSession session, String template, List<String> arguments);

    /** Which values a template takes, after the same gate. Called once for each preparing of a call with places. */
    ParametersReply parameters(WireCredentials who, ZoneSession session, String template);

    /** What the grant shows of its zone, after the same gate. Called once for each catalogue command. */
    CatalogueReply catalogue(WireCredentials who, ZoneSession session);
}
