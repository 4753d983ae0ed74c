package org.datareturn.verifier.registry.rocks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.datareturn.policy.Refusal;
import org.datareturn.verifier.registry.Folders;
import org.datareturn.verifier.tokens.RecordTokens;

/**
 * What became of an offer, as it is written for whoever waits, under a keyed seal.
 *
 * @param offer which offer, see {@link OfferFile#id}
 * @param code why it was not taken over, the reason's code; empty when it was taken over
 * @param zh the reason in Chinese
 * @param en the reason in English
 * @param seal over all of that, hexadecimal
 */
record OfferAnswer(String offer, String code, String zh, String en, String seal) {
    static final String NAME = "answer.json";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    static OfferAnswer taken(String offer, RecordTokens tokens) {
        return new OfferAnswer(offer, "", "", "", "").sealed(tokens);
    }

    static OfferAnswer refused(String offer, Refusal why, RecordTokens tokens) {
        return new OfferAnswer(offer, why.reason().name(), why.messageZh(), why.messageEn(), "").sealed(tokens);
    }

    private OfferAnswer sealed(RecordTokens tokens) {
        byte[] over = tokens.seal(List.of("edition-offer-answer", offer, code, zh, en));
        return new OfferAnswer(offer, code, zh, en, HexFormat.of().formatHex(over));
    }

    /** Writes it in place of the one before, durable when it returns. */
    void write(Path folder) throws IOException {
        Folders.replace(folder.resolve(NAME), JSON.writeValueAsBytes(this));
    }

    /** The answer to an offer, when there is one under our seal. */
    static Optional<OfferAnswer> read(Path folder, String offer, RecordTokens tokens) throws IOException {
        Path file = folder.resolve(NAME);
        try {
            OfferAnswer answer = JSON.readValue(OfferFile.written(file), OfferAnswer.class);
            return answer != null && answer.offer.equals(offer) && answer.equals(answer.sealed(tokens))
                    ? Optional.of(answer)
                    : Optional.empty();
        } catch (JsonProcessingException damaged) {
            return Optional.empty();
        }
    }
}
