package org.datareturn.policy.opa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.datareturn.policy.opa.WasmPolicyDecisionPoint.Sizing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the engine refuses to start with. */
class LoadingTest {
    private static final String SCOPE = "rego/datareturn/scope/scope.rego";
    private static final Sizing ONE = new Sizing(1, Duration.ofSeconds(5));

    @TempDir
    private Path folder;

    @Test
    void carriedBundleIsTheOneCompiledFromTheCarriedSources() throws PolicyBundleException {
        assertThat(PolicyBundle.carried().revision()).matches("sha256:[0-9a-f]{64}");
    }

    @ParameterizedTest
    @ValueSource(strings = {SCOPE, "rego/datareturn/rules/data.json", "bundle.tar.gz", "SHA256SUMS"})
    void refusesWhenOneByteOfWhatIsCarriedChanged(String name) throws PolicyBundleException {
        byte[] altered = CarriedBundle.Resources.OF_THIS_JAR.read(name);
        altered[altered.length / 2] ^= 1;
        assertRefused(Map.of(name, altered));
    }

    @ParameterizedTest
    @ValueSource(strings = {SCOPE, "bundle.tar.gz", "SHA256SUMS"})
    void refusesWhenPartOfWhatIsCarriedIsMissing(String name) {
        assertThatExceptionOfType(PolicyBundleException.class)
                .isThrownBy(() -> CarriedBundle.read(asked -> {
                    if (asked.equals(name)) {
                        throw new PolicyBundleException("missing");
                    }
                    return CarriedBundle.Resources.OF_THIS_JAR.read(asked);
                }));
    }

    @Test
    void refusesSourcesThatFitTheirDigestsButNotTheBundle() throws PolicyBundleException {
        String sums = text("SHA256SUMS");
        String scope = text(SCOPE) + "# one more word\n";
        String line = digest(SCOPE, sums);
        Map<String, byte[]> altered = new HashMap<>();
        altered.put(SCOPE, bytes(scope));
        altered.put("SHA256SUMS", bytes(sums.replace(line, CarriedBundle.sha256(bytes(scope)))));
        assertThatExceptionOfType(PolicyBundleException.class)
                .isThrownBy(() -> CarriedBundle.read(over(altered)))
                .withMessageContaining("compiled from other sources");
    }

    @Test
    void refusesDigestsThatNoLongerNameASource() throws PolicyBundleException {
        String sums = text("SHA256SUMS");
        assertRefused(Map.of("SHA256SUMS", bytes(sums.replace(digest(SCOPE, sums) + "  " + SCOPE + "\n", ""))));
        assertRefused(Map.of("SHA256SUMS", bytes(sums.lines().findFirst().orElseThrow() + "\n")));
        assertRefused(Map.of("SHA256SUMS", bytes("")));
    }

    @Test
    void refusesAPolicyThatAllowsByDefault() {
        assertUnusable(
                "decision := {\"allow\": true, \"reasons\": [], \"revision\": data.datareturn.build.revision,"
                        + " \"obligations\": {\"answer_form\": \"REASONED\", \"columns\": [], \"watermark\": false}}",
                "does not deny an empty input");
    }

    @Test
    void refusesAPolicyThatIsUndefinedByDefault() {
        assertUnusable("decision := {} if input.caller.operator == \"x\"", "does not deny an empty input");
    }

    @Test
    void refusesAPolicyThatBreaksByDefault() {
        assertUnusable("decision := {\"at\": time.now_ns()}", "cannot be evaluated");
    }

    @Test
    void refusesABundleWhoseManifestAndDataNameDifferentRevisions() {
        TestBundles.misbehaving(folder);
        Path bundle = TestBundles.compile(folder, "sha256:another");
        assertThatExceptionOfType(PolicyBundleException.class)
                .isThrownBy(() -> PolicyBundle.read(bundle))
                .withMessageContaining("one revision");
    }

    @Test
    void refusesABundleWithAnotherEntryPoint() {
        TestBundles.policy(
                folder,
                "package other\n\n# METADATA\n# entrypoint: true\ndecision := {\"allow\": false} if not input.x\n");
        Path bundle = TestBundles.compile(folder, TestBundles.REVISION);
        assertThatExceptionOfType(PolicyBundleException.class)
                .isThrownBy(() -> PolicyBundle.read(bundle))
                .withMessageContaining("entry point");
    }

    @Test
    void refusesFilesThatAreNoBundle() throws IOException {
        Path file = folder.resolve("bundle.tar.gz");
        assertUnreadable(file);
        Files.write(file, new byte[] {1, 2, 3});
        assertUnreadable(file);
        Files.write(file, gzip(new byte[1024]));
        assertUnreadable(file);
        byte[] cut = new byte[512];
        System.arraycopy(bytes("/policy.wasm"), 0, cut, 0, 12);
        System.arraycopy(bytes("00000010000"), 0, cut, 124, 11);
        Files.write(file, gzip(cut));
        assertUnreadable(file);
        cut[156] = '2';
        Files.write(file, gzip(cut));
        assertUnreadable(file);
    }

    @Test
    void refusesAnArchiveThatUnpacksWithoutEnd() throws IOException {
        Path file = folder.resolve("bundle.tar.gz");
        Files.write(file, gzip(new byte[BundleArchive.MAX_BYTES + 1]));
        assertThatExceptionOfType(PolicyBundleException.class)
                .isThrownBy(() -> PolicyBundle.read(file))
                .withMessageContaining("larger than");
    }

    @Test
    void refusesSizesOutOfBounds() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Sizing(0, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new Sizing(65, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new Sizing(1, Duration.ofMillis(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Sizing(1, Duration.ofMinutes(2)));
        assertThat(Sizing.standard().instances()).isBetween(1, 8);
    }

    private void assertUnusable(String rule, String message) {
        TestBundles.policy(
                folder, "package datareturn.authorisation\n\n# METADATA\n# entrypoint: true\n" + rule + "\n");
        Path bundle = TestBundles.compile(folder, TestBundles.REVISION);
        assertThatExceptionOfType(PolicyBundleException.class)
                .isThrownBy(() -> new WasmPolicyDecisionPoint(PolicyBundle.read(bundle), ONE))
                .withMessageContaining(message);
    }

    private static void assertUnreadable(Path file) {
        assertThatExceptionOfType(PolicyBundleException.class).isThrownBy(() -> PolicyBundle.read(file));
    }

    private static void assertRefused(Map<String, byte[]> altered) {
        assertThatExceptionOfType(PolicyBundleException.class).isThrownBy(() -> CarriedBundle.read(over(altered)));
    }

    private static CarriedBundle.Resources over(Map<String, byte[]> altered) {
        return name -> {
            byte[] bytes = altered.get(name);
            return bytes == null ? CarriedBundle.Resources.OF_THIS_JAR.read(name) : bytes;
        };
    }

    private static String text(String name) throws PolicyBundleException {
        return new String(CarriedBundle.Resources.OF_THIS_JAR.read(name), StandardCharsets.UTF_8);
    }

    private static String digest(String name, String sums) {
        String line = sums.lines().filter(l -> l.endsWith(name)).findFirst().orElseThrow();
        return line.substring(0, line.indexOf(' '));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
