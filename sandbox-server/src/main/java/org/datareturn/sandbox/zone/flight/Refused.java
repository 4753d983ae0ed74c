package org.datareturn.sandbox.zone.flight;

import java.util.Optional;
import org.datareturn.policy.ReasonCode;

/**
 * A refusal as the analyst is to read it. No part of it depends on data values.
 *
 * @param kind what kind of refusal; decides the gRPC status
 * @param reasonCode the stable code
 * @param messageZh the message in Chinese
 * @param messageEn the message in English
 * @param traceId the call's trace
 * @param receipt where the refusal is recorded; empty when recording itself failed
 */
public record Refused(
        ReasonCode.Kind kind,
        String reasonCode,
        String messageZh,
        String messageEn,
        String traceId,
        Optional<String> receipt)
        implements ZoneReply, CatalogueReply, ParametersReply {}
