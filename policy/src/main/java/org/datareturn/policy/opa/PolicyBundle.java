package org.datareturn.policy.opa;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A compiled policy with its data, as {@code policy/build-bundle} makes it. Its revision is the digest of the sources it
 * was compiled from. Immutable.
 */
public final class PolicyBundle {
    /** The rule every bundle must have as its entry point; over HTTP, the path below {@code /v1/data/}. */
    public static final String DECISION = "datareturn/authorisation/decision";

    private static final JsonMapper MAPPER = new JsonMapper();

    private final byte[] wasm;
    private final String data;
    private final String revision;

    private PolicyBundle(byte[] wasm, String data, String revision) {
        this.wasm = wasm;
        this.data = data;
        this.revision = revision;
    }

    /**
     * The bundle this jar carries, proven to be the one compiled from the sources it carries.
     *
     * @throws PolicyBundleException when bundle and sources are not of one make
     */
    public static PolicyBundle carried() throws PolicyBundleException {
        return CarriedBundle.read(CarriedBundle.Resources.OF_THIS_JAR);
    }

    /**
     * A bundle an operator built.
     *
     * @param file a {@code bundle.tar.gz} of {@code opa build -t wasm}
     * @throws PolicyBundleException when it cannot be read or lacks a part
     */
    public static PolicyBundle read(Path file) throws PolicyBundleException {
        try {
            if (Files.size(file) > BundleArchive.MAX_BYTES) {
                throw new PolicyBundleException("the bundle is larger than " + BundleArchive.MAX_BYTES + " bytes");
            }
            return of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new PolicyBundleException("the bundle cannot be read: " + file.getFileName(), e);
        }
    }

    /** A bundle from the bytes of its archive. */
    static PolicyBundle of(byte[] archive) throws PolicyBundleException {
        Map<String, byte[]> files = BundleArchive.files(archive);
        byte[] wasm = required(files, "policy.wasm");
        String data = new String(required(files, "data.json"), StandardCharsets.UTF_8);
        JsonNode manifest = json(required(files, ".manifest"), ".manifest");
        String revision = manifest.path("revision").asText("");
        String stamped = json(data.getBytes(StandardCharsets.UTF_8), "data.json")
                .at("/datareturn/build/revision")
                .asText("");
        if (revision.isBlank() || !revision.equals(stamped)) {
            throw new PolicyBundleException("the bundle's manifest and data do not state one revision");
        }
        if (!DECISION.equals(manifest.at("/wasm/0/entrypoint").asText(""))) {
            throw new PolicyBundleException("the bundle's entry point is not " + DECISION);
        }
        return new PolicyBundle(wasm, data, revision);
    }

    /** The digest of the sources, {@code sha256:} and 64 hexadecimal digits when {@code policy/build-bundle} made it. */
    public String revision() {
        return revision;
    }

    /** The compiled policy; a copy. */
    byte[] wasm() {
        return wasm.clone();
    }

    /** The data document, JSON. */
    String data() {
        return data;
    }

    private static byte[] required(Map<String, byte[]> files, String name) throws PolicyBundleException {
        byte[] bytes = files.get(name);
        if (bytes == null) {
            throw new PolicyBundleException("the bundle lacks " + name);
        }
        return bytes;
    }

    private static JsonNode json(byte[] bytes, String name) throws PolicyBundleException {
        try {
            return MAPPER.readTree(new String(bytes, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new PolicyBundleException("the bundle's " + name + " is not JSON", e);
        }
    }
}
