package org.datareturn.verifier.trial;

import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.datareturn.policy.Ask;
import org.datareturn.policy.Authorisation;
import org.datareturn.policy.Authoriser;
import org.datareturn.policy.Caller;
import org.datareturn.policy.Decision;
import org.datareturn.policy.GrantFacts;
import org.datareturn.policy.Obligations;
import org.datareturn.policy.PolicyInput;
import org.datareturn.policy.Purpose;
import org.datareturn.policy.TimeFacts;
import org.datareturn.verifier.product.ProductDeclaration;
import org.datareturn.verifier.reason.VerifierReason;

/** Authorises a declaration's author to ask the own product on local files, and nobody else for anything else. */
final class LocalAuthor {
    private static final String REGION = "000000";
    private static final String ORGANISATION = "local-author";

    private final ProductDeclaration product;
    private final Clock clock;
    private final Authoriser authoriser;
    private final GrantFacts grant;

    LocalAuthor(ProductDeclaration product, Clock clock) {
        this.product = product;
        this.clock = clock;
        Obligations obligations = new Obligations(Obligations.AnswerForm.YES_NO, Set.of(), OptionalInt.empty(), false);
        this.authoriser = new Authoriser(input -> input.caller().proof() == Caller.Proof.LOCAL_AUTHOR
                        && input.ask() instanceof Ask.Verify ask
                        && ask.product().equals(product.name())
                ? new Decision.Allow(obligations, "local")
                : new Decision.Deny(List.of(VerifierReason.CALL_NOT_FOR_REQUEST), "local"));
        this.grant = new GrantFacts(
                "local-trial",
                GrantFacts.Status.ACTIVE,
                ORGANISATION,
                "trial",
                Purpose.WORK_REFERENCE,
                Instant.EPOCH,
                Instant.MAX,
                Set.of(product.name()),
                Set.of(),
                product.grantFields(),
                Set.of(REGION));
    }

    Authorisation authorise(String operator, Set<String> fields) {
        return authoriser.authorise(new PolicyInput(
                new Caller(ORGANISATION, operator, Set.of(Caller.Role.OPERATOR), REGION, Caller.Proof.LOCAL_AUTHOR),
                Optional.of(grant),
                new Ask.Verify(product.name(), fields, Purpose.WORK_REFERENCE, REGION),
                TimeFacts.at(ZonedDateTime.now(clock), true)));
    }
}
