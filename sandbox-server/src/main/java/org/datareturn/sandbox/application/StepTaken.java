package org.datareturn.sandbox.application;

import java.time.Instant;
import org.datareturn.sandbox.identity.Principal;

/**
 * A step that was taken.
 *
 * @param step which
 * @param by who took it
 * @param at when
 * @param reasons why; blank only where an approval had nothing to say
 * @param legalBasis the law a content refusal rests on; blank otherwise
 */
public record StepTaken(ApplicationStep step, Principal by, Instant at, String reasons, String legalBasis) {}
