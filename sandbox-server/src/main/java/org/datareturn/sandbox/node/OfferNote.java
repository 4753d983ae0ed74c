package org.datareturn.sandbox.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.DateTimeException;
import java.time.LocalDate;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.catalogue.Resource;

/**
 * What a serving node is told, under the seal, of an edition that was built beside it. Texts as they are written.
 *
 * @param product the product it was loaded for
 * @param provider as in {@link DataLoading.Origin}
 * @param library as there, by its constant
 * @param contentAuthority as there
 * @param acquired as there, ISO 8601
 */
record OfferNote(String product, String provider, String library, String contentAuthority, String acquired) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    static OfferNote of(String product, DataLoading.Origin origin) {
        return new OfferNote(
                product,
                origin.provider(),
                origin.library().name(),
                origin.contentAuthority(),
                origin.acquired().toString());
    }

    String written() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of texts always has a JSON form", e);
        }
    }

    /** Reads what was written; another version may have written it. */
    static OfferNote read(String written) throws UnfitOfferException {
        try {
            return JSON.readValue(written, OfferNote.class);
        } catch (JsonProcessingException e) {
            throw new UnfitOfferException(Refusal.of(NodeReason.OFFER_NOTE_UNREADABLE), e);
        }
    }

    DataLoading.Origin origin() throws UnfitOfferException {
        try {
            return new DataLoading.Origin(
                    provider, Resource.Library.valueOf(library), contentAuthority, LocalDate.parse(acquired));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new UnfitOfferException(Refusal.of(NodeReason.OFFER_NOTE_UNREADABLE), e);
        }
    }
}
