package org.datareturn.policy;

import java.util.Set;

/**
 * Who calls, as authenticated at the edge.
 *
 * @param organisation unified social credit code (GB 32100) of the calling organisation, 18 characters
 * @param operator the person or system account within it
 * @param roles the roles the operator holds
 * @param region administrative division (GB/T 2260, six digits) of the organisation
 * @param proof how the identity was proven
 */
public record Caller(String organisation, String operator, Set<Role> roles, String region, Proof proof) {
    /** How an identity was proven. */
    public enum Proof {
        /** A client certificate under the node's CA. */
        MTLS,
        /** A signed bearer token. */
        BEARER,
        /** A declaration's author trying it on local files, with no server and nobody else's data. */
        LOCAL_AUTHOR
    }

    /** What an operator may do (SX 4 c, 6, 11.2; SD-3 §6). */
    public enum Role {
        /** Files applications for the organisation. */
        APPLICANT,
        /** Formal review by the local data authority (SD-3 §6.2). */
        FORMAL_REVIEWER,
        /** Content review by the upper data or industry authority (SD-3 §6.2). */
        CONTENT_REVIEWER,
        /** Provides data. */
        PROVIDER,
        /** Suspends, revokes, handles incidents. */
        SECURITY_OFFICER,
        /** Reads the record. */
        AUDITOR,
        /** Queries data zones. */
        ANALYST,
        /** Calls verification services. */
        OPERATOR
    }

    public Caller {
        roles = Set.copyOf(roles);
    }
}
