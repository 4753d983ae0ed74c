package org.datareturn.policy.opa;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.datareturn.policy.PolicyReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Rego sources themselves, by the real {@code opa}. */
class RegoSourcesTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Pattern CODE = Pattern.compile("\"([A-Z]+(?:_[A-Z]+)+)\"");

    @TempDir
    private Path folder;

    @Test
    void policyTestsPassAndCoverEveryLine() throws JsonProcessingException {
        OpaBinary.Ran ran = opa("test", "-b", "rego", "--coverage", "--format=json");
        assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
        List<String> uncovered = new ArrayList<>();
        Set<String> covered = new TreeSet<>();
        for (Map.Entry<String, JsonNode> file :
                MAPPER.readTree(ran.out()).path("files").properties()) {
            if (!file.getKey().endsWith("_test.rego")) {
                if (file.getValue().has("covered")) {
                    covered.add(Path.of(file.getKey()).getFileName() + "");
                }
                file.getValue().path("not_covered").forEach(range -> uncovered.add(file.getKey() + " " + range));
            }
        }
        assertThat(uncovered).isEmpty();
        assertThat(covered).contains("decision.rego", "obligations.rego", "reasons.rego", "scope.rego");
    }

    @Test
    void carriedBundleIsWhatTheSourcesCompileTo() {
        OpaBinary.find();
        OpaBinary.Ran ran = OpaBinary.run(OpaBinary.MODULE, List.of("./build-bundle", "--check"));
        assertThat(ran.exit()).as(ran.err()).isZero();
    }

    @Test
    void sourcesAreFormatted() {
        assertThat(opa("fmt", "--fail", "-l", "rego")).isEqualTo(new OpaBinary.Ran(0, "", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "time.now_ns()",
                "http.send({\"method\": \"get\", \"url\": \"http://127.0.0.1\"})",
                "io.jwt.decode(input.t)",
                "regex.replace(input.t, \"a\", \"b\")",
                "object.subset(input.a, input.b)",
                "opa.runtime()",
                "rand.intn(\"x\", 5)"
            })
    void capabilitiesRefuseWhatTheCompiledPolicyCannotDo(String call) throws IOException {
        assertThat(check(call).exit()).isNotZero();
        assertThat(check(call).err()).contains("undefined function");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sprintf(\"%d\", [1])", "regex.match(\"a\", input.t)", "net.cidr_contains(input.a, input.b)"})
    void capabilitiesLetPassWhatBothEnginesCanDo(String call) throws IOException {
        OpaBinary.Ran ran = check(call);
        assertThat(ran.exit()).as(ran.err()).isZero();
    }

    @Test
    void everyReasonAPolicyGivesIsInTheCatalogue() throws IOException {
        Set<String> known = Arrays.stream(PolicyReason.values()).map(Enum::name).collect(Collectors.toSet());
        Set<String> given = new TreeSet<>();
        Matcher codes =
                CODE.matcher(Files.readString(OpaBinary.MODULE.resolve("rego/datareturn/reasons/reasons.rego")));
        while (codes.find()) {
            given.add(codes.group(1));
        }
        assertThat(given).hasSizeGreaterThan(10).isSubsetOf(known);
        // What remains is what only an engine's adapter says.
        known.removeAll(given);
        assertThat(known)
                .containsExactlyInAnyOrder(
                        "POLICY_INPUT_UNFIT",
                        "POLICY_UNDEFINED",
                        "POLICY_MALFORMED",
                        "POLICY_OBLIGATION_MISSING",
                        "POLICY_REASON_UNKNOWN",
                        "POLICY_UNAVAILABLE");
    }

    private OpaBinary.Ran check(String call) throws IOException {
        Path rego = folder.resolve("p.rego");
        Files.writeString(rego, "package p\n\nq := " + call + "\n");
        return opa("check", "--strict", "--capabilities", "capabilities.json", rego.toString());
    }

    private static OpaBinary.Ran opa(String... arguments) {
        return OpaBinary.run(
                OpaBinary.MODULE,
                Stream.concat(Stream.of(OpaBinary.find().toString()), Stream.of(arguments))
                        .toList());
    }
}
