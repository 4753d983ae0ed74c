package org.datareturn.sandbox.verification.batch;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.datareturn.policy.Purpose;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.road.RoadReason;
import org.datareturn.verifier.probing.RequestStamp;

/**
 * What a batch is about, as its client says.
 *
 * @param grantId the grant it names
 * @param product the product
 * @param purpose the purpose stated
 * @param region the division the matter belongs to
 * @param batchId the client's name for it
 * @param fields names of the values of every row, in order
 * @param stamp what makes the opening good for once
 */
public record BatchOpening(
        String grantId,
        String product,
        Optional<Purpose> purpose,
        String region,
        String batchId,
        List<String> fields,
        Optional<RequestStamp> stamp) {
    private static final Pattern BATCH_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int MOST_FIELDS = 32;
    /** Longer than any name there is; an opening is held as long as its stream. */
    private static final int LONGEST_NAME = 256;

    public BatchOpening {
        fields = List.copyOf(fields);
    }

    /** What is wrong with it, if anything. */
    public Optional<Refusal> fault() {
        if (!BATCH_ID.matcher(batchId).matches()) {
            return Optional.of(Refusal.of(RoadReason.FIELD_MALFORMED, "batch_id"));
        }
        if (!isShort(grantId)) {
            return Optional.of(Refusal.of(RoadReason.FIELD_MALFORMED, "grant_id"));
        }
        if (!isShort(product)) {
            return Optional.of(Refusal.of(RoadReason.FIELD_MALFORMED, "product"));
        }
        if (!isShort(region)) {
            return Optional.of(Refusal.of(RoadReason.FIELD_MALFORMED, "region"));
        }
        if (purpose.isEmpty()) {
            return Optional.of(Refusal.of(RoadReason.REQUEST_FIELD_MISSING, "purpose"));
        }
        boolean areNames = !fields.isEmpty()
                && fields.size() <= MOST_FIELDS
                && fields.stream().allMatch(BatchOpening::isShort);
        if (!areNames || new HashSet<>(fields).size() != fields.size()) {
            return Optional.of(Refusal.of(RoadReason.FIELD_MALFORMED, "field_names"));
        }
        return stamp.isEmpty() ? Optional.of(Refusal.of(RoadReason.REQUEST_NOT_STAMPED)) : Optional.empty();
    }

    private static boolean isShort(String name) {
        return name.length() <= LONGEST_NAME;
    }
}
