package org.datareturn.verifier.registry.rocks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import org.datareturn.verifier.reason.RegistryReason;
import org.datareturn.verifier.registry.Edition;
import org.datareturn.verifier.registry.EditionFacts;
import org.datareturn.verifier.registry.RegistryException;
import org.datareturn.verifier.registry.RegistrySchema;
import org.datareturn.verifier.tokens.RecordTokens;
import org.datareturn.verifier.tokens.SubjectTokens;

/**
 * What is written beside an edition's records, under a keyed seal: another key, another shape or a changed date is
 * noticed when the edition is opened, instead of answering "no" to everybody.
 */
record EditionFile(
        String shape,
        String registry,
        long number,
        String source,
        String acquiredOn,
        String builtAt,
        long records,
        int keyId,
        String seal) {
    static final String NAME = "edition.json";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    /** Writes an edition's file, durable when it returns. */
    static void write(Path folder, RegistrySchema schema, Edition edition, RecordTokens tokens) throws IOException {
        EditionFacts facts = EditionFacts.of(schema, edition);
        EditionFile file = new EditionFile(
                facts.shape(),
                facts.registry(),
                facts.number(),
                facts.source(),
                facts.acquiredOn(),
                facts.builtAt(),
                facts.records(),
                facts.keyId(),
                "");
        byte[] text = JSON.writeValueAsBytes(file.withSeal(facts.seal(tokens)));
        try (FileChannel out =
                FileChannel.open(folder.resolve(NAME), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            out.write(java.nio.ByteBuffer.wrap(text));
            out.force(true);
        }
    }

    /**
     * Reads an edition's file and holds it to its seal.
     *
     * @throws IOException when it cannot be read, is of another shape, or the seal does not hold under our keys
     */
    static Edition read(Path folder, RegistrySchema schema, SubjectTokens keys) throws IOException {
        EditionFile file;
        try {
            file = JSON.readValue(Files.readString(folder.resolve(NAME), StandardCharsets.UTF_8), EditionFile.class);
        } catch (JsonProcessingException e) {
            RegistryException damaged = new RegistryException(RegistryReason.EDITION_FILE_DAMAGED, NAME);
            damaged.initCause(e);
            throw damaged.in("the edition " + folder);
        }
        try {
            return file.facts().held(HexFormat.of().parseHex(file.seal), schema, keys);
        } catch (IllegalArgumentException noHex) {
            RegistryException damaged = new RegistryException(RegistryReason.EDITION_SEAL_BROKEN);
            damaged.initCause(noHex);
            throw damaged.in("the edition " + folder);
        } catch (RegistryException e) {
            throw e.in("the edition " + folder);
        } catch (IOException e) {
            throw new IOException("the edition " + folder + ": " + e.getMessage(), e);
        }
    }

    private EditionFacts facts() {
        return new EditionFacts(shape, registry, number, source, acquiredOn, builtAt, records, keyId);
    }

    private EditionFile withSeal(byte[] bytes) {
        return new EditionFile(
                shape,
                registry,
                number,
                source,
                acquiredOn,
                builtAt,
                records,
                keyId,
                HexFormat.of().formatHex(bytes));
    }
}
