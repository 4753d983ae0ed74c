package org.datareturn.guard.trial;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.datareturn.guard.declaration.ZoneDeclaration;
import org.datareturn.policy.Ask;
import org.datareturn.policy.Authorisation;
import org.datareturn.policy.Authoriser;
import org.datareturn.policy.Caller;
import org.datareturn.policy.Decision;
import org.datareturn.policy.Obligations;
import org.datareturn.policy.PolicyInput;
import org.datareturn.policy.Purpose;
import org.datareturn.policy.TimeFacts;

/** Authorises a declaration's author to ask his own zone on local files, and nobody else for anything else. */
final class LocalAuthor {
    private static final String REGION = "000000";

    private final ZoneDeclaration zone;
    private final Clock clock;
    private final Authoriser authoriser;

    LocalAuthor(ZoneDeclaration zone, Clock clock) {
        this.zone = zone;
        this.clock = clock;
        Set<String> columns = zone.tables().stream()
                .flatMap(table -> table.columns().stream().map(column -> table.name() + "." + column.name()))
                .collect(Collectors.toSet());
        Obligations obligations = new Obligations(Obligations.AnswerForm.YES_NO, columns, OptionalInt.empty(), false);
        this.authoriser = new Authoriser(input -> input.caller().proof() == Caller.Proof.LOCAL_AUTHOR
                        && input.ask() instanceof Ask.Query ask
                        && ask.zone().equals(zone.zone())
                ? new Decision.Allow(obligations, "local")
                : new Decision.Deny(
                        java.util.List.of(org.datareturn.guard.GuardReason.NOT_AUTHORISED_FOR_ZONE), "local"));
    }

    Authorisation authorise(String analyst, String organisation) {
        ZonedDateTime now = ZonedDateTime.now(clock);
        boolean weekend = EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY).contains(now.getDayOfWeek());
        return authoriser.authorise(new PolicyInput(
                new Caller(organisation, analyst, Set.of(Caller.Role.ANALYST), REGION, Caller.Proof.LOCAL_AUTHOR),
                Optional.empty(),
                new Ask.Query(zone.zone(), Purpose.WORK_REFERENCE, REGION),
                TimeFacts.at(now, !weekend)));
    }
}
