package org.datareturn.policy.opa.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.datareturn.policy.Ask;
import org.datareturn.policy.Caller;
import org.datareturn.policy.GrantFacts;
import org.datareturn.policy.PolicyInput;
import org.datareturn.policy.TimeFacts;
import org.jspecify.annotations.Nullable;

/**
 * The {@code input} of a policy. Lists are sorted, so that equal inputs are equal texts.
 *
 * @param caller who calls
 * @param grant the grant the call names; left out when there is none
 * @param ask what is asked
 * @param time when
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InputDocument(CallerDocument caller, @Nullable GrantDocument grant, AskDocument ask, TimeDocument time) {

    /** The document of what is decided on. */
    public static InputDocument of(PolicyInput input) {
        return new InputDocument(
                CallerDocument.of(input.caller()),
                input.grant().map(GrantDocument::of).orElse(null),
                AskDocument.of(input.ask()),
                TimeDocument.of(input.time()));
    }

    /** Who calls; see {@link Caller}. */
    public record CallerDocument(
            String organisation, String operator, List<String> roles, String region, String proof) {
        public CallerDocument {
            roles = List.copyOf(roles);
        }

        static CallerDocument of(Caller caller) {
            return new CallerDocument(
                    caller.organisation(),
                    caller.operator(),
                    sorted(caller.roles().stream().map(Enum::name).toList()),
                    caller.region(),
                    caller.proof().name());
        }
    }

    /**
     * The grant; see {@link GrantFacts}.
     *
     * @param notBefore first second of validity since 1970-01-01T00:00:00Z, rounded up
     * @param notAfter first second after validity, rounded down: a fraction of a second is never given away
     */
    public record GrantDocument(
            String id,
            String status,
            String organisation,
            String scenario,
            String purpose,
            long notBefore,
            long notAfter,
            List<String> products,
            List<String> zones,
            List<String> fields,
            List<String> regions) {
        public GrantDocument {
            products = List.copyOf(products);
            zones = List.copyOf(zones);
            fields = List.copyOf(fields);
            regions = List.copyOf(regions);
        }

        static GrantDocument of(GrantFacts grant) {
            return new GrantDocument(
                    grant.id(),
                    grant.status().name(),
                    grant.organisation(),
                    grant.scenario(),
                    grant.purpose().name(),
                    roundedUp(grant.notBefore()),
                    grant.notAfter().getEpochSecond(),
                    sorted(grant.products()),
                    sorted(grant.zones()),
                    sorted(grant.fields()),
                    sorted(grant.regions()));
        }

        private static long roundedUp(Instant instant) {
            return instant.getNano() == 0 ? instant.getEpochSecond() : instant.getEpochSecond() + 1;
        }
    }

    /**
     * What is asked; see {@link Ask}. A verification names product and fields, a query names a zone: never both.
     *
     * @param kind {@code verify} or {@code query}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AskDocument(
            String kind,
            @Nullable String product,
            @Nullable List<String> fields,
            @Nullable String zone,
            String purpose,
            String region) {
        public AskDocument {
            boolean verify = kind.equals("verify") && product != null && fields != null && zone == null;
            boolean query = kind.equals("query") && product == null && fields == null && zone != null;
            if (!verify && !query) {
                throw new IllegalArgumentException("neither a verification nor a query: kind " + kind);
            }
            fields = fields == null ? null : List.copyOf(fields);
        }

        static AskDocument of(Ask ask) {
            return switch (ask) {
                case Ask.Verify verify ->
                    new AskDocument(
                            "verify",
                            verify.product(),
                            sorted(verify.fields()),
                            null,
                            verify.purpose().name(),
                            verify.region());
                case Ask.Query query ->
                    new AskDocument(
                            "query", null, null, query.zone(), query.purpose().name(), query.region());
            };
        }
    }

    /** When; see {@link TimeFacts}. {@code localDate} is ISO 8601, {@code yyyy-mm-dd}. */
    public record TimeDocument(long epochSeconds, String localDate, int hour, int isoWeekday, boolean workingDay) {
        static TimeDocument of(TimeFacts time) {
            return new TimeDocument(
                    time.epochSeconds(),
                    time.localDate().toString(),
                    time.hour(),
                    time.isoWeekday(),
                    time.workingDay());
        }
    }

    private static List<String> sorted(Collection<String> names) {
        return names.stream().sorted().toList();
    }
}
