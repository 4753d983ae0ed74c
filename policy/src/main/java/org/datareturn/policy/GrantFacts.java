package org.datareturn.policy;

import java.time.Instant;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the policy is told about the grant (数据使用授权) a call names.
 *
 * @param id the grant's identifier
 * @param status its state now
 * @param organisation credit code of the organisation it was granted to
 * @param scenario the one scenario it was granted for (SD-3 §6.1)
 * @param purpose the usage category of the application (SD-3 App. A)
 * @param notBefore first instant of validity
 * @param notAfter first instant after validity
 * @param products verification products it covers
 * @param zones data zones it covers
 * @param fields for zones {@code table.column}; for products the request fields it may use
 * @param regions administrative divisions it covers; a code covers everything below it
 * @param quotas how much of verification services it allows
 */
public record GrantFacts(
        String id,
        Status status,
        String organisation,
        String scenario,
        Purpose purpose,
        Instant notBefore,
        Instant notAfter,
        Set<String> products,
        Set<String> zones,
        Set<String> fields,
        Set<String> regions,
        Quotas quotas) {

    /**
     * What a grant allows a day. Counted by the services, not by the policy.
     *
     * @param callsPerDay calls of verification services; empty where the node's own quota is enough
     * @param privateItemsPerDay items of private checks; 0 where it allows none
     */
    public record Quotas(OptionalLong callsPerDay, long privateItemsPerDay) {
        /** The node's own quota, and no private checks. */
        public static final Quotas STANDARD = new Quotas(OptionalLong.empty(), 0);
    }

    /** A grant's state. */
    public enum Status {
        /** In force within its validity. */
        ACTIVE,
        /** Paused; may be resumed. */
        SUSPENDED,
        /** Ended for good. */
        REVOKED
    }

    /** A grant without quotas of its own. */
    public GrantFacts(
            String id,
            Status status,
            String organisation,
            String scenario,
            Purpose purpose,
            Instant notBefore,
            Instant notAfter,
            Set<String> products,
            Set<String> zones,
            Set<String> fields,
            Set<String> regions) {
        this(
                id,
                status,
                organisation,
                scenario,
                purpose,
                notBefore,
                notAfter,
                products,
                zones,
                fields,
                regions,
                Quotas.STANDARD);
    }

    public GrantFacts {
        products = Set.copyOf(products);
        zones = Set.copyOf(zones);
        fields = Set.copyOf(fields);
        regions = Set.copyOf(regions);
    }
}
