package org.datareturn.policy;

import java.util.Optional;

/**
 * Everything a policy decides on.
 *
 * @param caller who calls
 * @param grant the grant the call names, when there is one of that name
 * @param ask what is asked
 * @param time when
 */
public record PolicyInput(Caller caller, Optional<GrantFacts> grant, Ask ask, TimeFacts time) {}
