package org.datareturn.sandbox.road;

import java.util.List;
import org.datareturn.policy.Ask;

/**
 * A call that needs a grant, as it came in.
 *
 * @param grantId the grant it names
 * @param ask what it asks
 * @param target the product or zone, for the record
 * @param requestParts the request, part by part, for its keyed digest
 */
public record Call(String grantId, Ask ask, String target, List<String> requestParts) {
    public Call {
        requestParts = List.copyOf(requestParts);
    }
}
