package org.datareturn.verifier.registry.rocks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.datareturn.verifier.registry.Folders;
import org.datareturn.verifier.tokens.RecordTokens;

/**
 * What became of an offer, as it is written for whoever waits, under a keyed seal.
 *
 * @param offer which offer, see {@link OfferFile#id}
 * @param refusal why it was not taken over; empty when it was
 * @param seal over both, hexadecimal
 */
record OfferAnswer(String offer, String refusal, String seal) {
    static final String NAME = "answer.json";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    static OfferAnswer of(String offer, String refusal, RecordTokens tokens) {
        return new OfferAnswer(offer, refusal, seal(offer, refusal, tokens));
    }

    private static String seal(String offer, String refusal, RecordTokens tokens) {
        return HexFormat.of().formatHex(tokens.seal(List.of("edition-offer-answer", offer, refusal)));
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
            return answer != null && answer.equals(of(offer, answer.refusal, tokens))
                    ? Optional.of(answer)
                    : Optional.empty();
        } catch (JsonProcessingException damaged) {
            return Optional.empty();
        }
    }
}
