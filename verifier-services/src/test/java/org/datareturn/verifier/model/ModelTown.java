package org.datareturn.verifier.model;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.datareturn.policy.Ask;
import org.datareturn.policy.Authorisation;
import org.datareturn.policy.AuthorisedCall;
import org.datareturn.policy.Authoriser;
import org.datareturn.policy.Caller;
import org.datareturn.policy.Decision;
import org.datareturn.policy.GrantFacts;
import org.datareturn.policy.Obligations;
import org.datareturn.policy.PolicyInput;
import org.datareturn.policy.Purpose;
import org.datareturn.policy.TimeFacts;
import org.datareturn.verifier.VerificationRequest;
import org.datareturn.verifier.normalise.SyntheticNumbers;
import org.datareturn.verifier.probing.Canaries;
import org.datareturn.verifier.probing.InProcessProbeMemory;
import org.datareturn.verifier.probing.ProbeGuard;
import org.datareturn.verifier.probing.ProbingLimits;
import org.datareturn.verifier.registry.EditionOrigin;
import org.datareturn.verifier.registry.RowPolicy;
import org.datareturn.verifier.registry.TestRegistry;
import org.datareturn.verifier.tokens.SubjectTokens;
import org.datareturn.verifier.tokens.TestKeys;

/** A small town, a model of ability to pay — sigmoid of (age − 50) / 10, and 5 less for who has no work — and its callers. */
public final class ModelTown {
    static final String POLICY = "policy-7";
    static final String SECRET = "张四十";
    static final Set<String> GRANTED = Set.of("id_number", "name", "household.age", "household.work");
    static final OnnxText MODEL = OnnxText.linear(-5f, 0.1f, 0f, -5f);

    final SubjectTokens keys = TestKeys.fresh();
    final Path folder;

    ModelTown(Path folder) {
        this.folder = folder;
    }

    /** The declaration of a file, with a change. */
    public static String yaml(byte[] file, String... replaced) {
        String text = """
                model: pay-band
                version: 1
                title: { zh: 支付能力分档, en: Ability to pay }
                onnx: { file: pay-band.onnx, sha256: %s, input: features, output: score, column: 0 }
                features: household
                fields:
                  id_number: { role: subject, normalisation: id-number }
                  name: { role: match, normalisation: person-name }
                inputs:
                - { name: age, column: age, type: number, bounds: [0, 120] }
                - { name: work, column: work, type: listed, encoded: one-hot, values: ["yes", "no"] }
                bands:
                - { label: LOW, title: { zh: 低, en: Low }, upper: 0.25 }
                - { label: MIDDLE, title: { zh: 中, en: Middle }, upper: 0.75 }
                - { label: HIGH, title: { zh: 高, en: High } }
                min_group_size: 5
                requery_interval: PT0S
                source: { provider: { zh: 民政部门, en: Civil affairs } }
                card:
                  purpose: { zh: 救助审核参考, en: Reference for relief }
                  training_data: { zh: 测试数据, en: Test data }
                  trained_on: 2026-11-01
                  limits: { zh: 仅供测试, en: For tests only }
                  owner: { zh: 测试, en: Tests }
                  quality:
                    threshold: 0.5
                    groups:
                    - { group: all, persons: 60, accuracy: 0.9, selected: 0.5, found: 0.8 }
                    - { group: work=no, persons: 10, accuracy: 0.9, selected: 0.1, found: 0.8 }
                """.formatted(Sha256.hex(file));
        for (int i = 0; i < replaced.length; i += 2) {
            if (!text.contains(replaced[i])) {
                throw new AssertionError("not in the declaration: " + replaced[i]);
            }
            text = text.replace(replaced[i], replaced[i + 1]);
        }
        return text;
    }

    static ModelDeclaration declared(byte[] file, String... replaced) {
        try {
            return ModelDeclaration.parse(yaml(file, replaced), "test");
        } catch (ModelDeclarationException e) {
            throw new AssertionError(e);
        }
    }

    /** The model's file. */
    public static byte[] file() {
        return MODEL.bytes();
    }

    /** Ages 21 to 80, one person each, all at work; the person's number follows from the age. */
    public static List<String> rows() {
        List<String> rows = new ArrayList<>();
        for (int age = 21; age <= 80; age++) {
            rows.add(number(age) + "," + (age == 40 ? SECRET : "李" + (char) ('一' + age)) + "," + age + ",yes");
        }
        return rows;
    }

    public static String number(int age) {
        return SyntheticNumbers.idNumber("370102", "%d0615".formatted(2026 - age), "%03d".formatted(100 + age));
    }

    static double score(int age, boolean works) {
        return 1 / (1 + Math.exp(-(-5 + 0.1 * age - (works ? 0 : 5))));
    }

    AssessmentOutcome assess(ModelDeclaration declaration, byte[] file, RowPolicy policy, List<String> rows) {
        return assess(declaration, file, policy, "id_number,name,age,work", rows);
    }

    AssessmentOutcome assess(
            ModelDeclaration declaration, byte[] file, RowPolicy policy, String header, List<String> rows) {
        try {
            Files.write(folder.resolve("pay-band.onnx"), file);
            String csv = header + "\n" + String.join("\n", rows) + "\n";
            return new ModelAssessor(keys, TestRegistry.CLOCK)
                    .assess(
                            declaration,
                            folder,
                            new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)),
                            new EditionOrigin("extract", LocalDate.of(2026, 11, 1)),
                            policy);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    AssessedModel assessed(List<String> rows) {
        AssessmentOutcome outcome = assess(declared(MODEL.bytes()), MODEL.bytes(), RowPolicy.STRICT, rows);
        if (outcome instanceof AssessmentOutcome.Passed passed) {
            return passed.model();
        }
        throw new AssertionError(outcome.toString());
    }

    BandScorer scorer(AssessedModel model, ModelApprovals approvals) {
        return new BandScorer(
                ServedModels.of(List.of(model)),
                approvals,
                keys,
                new ProbeGuard(
                        ProbingLimits.standard(),
                        new InProcessProbeMemory(),
                        keys,
                        Canaries.none(),
                        event -> {},
                        TestRegistry.CLOCK),
                TestRegistry.CLOCK);
    }

    static VerificationRequest about(int age, String name) {
        return new VerificationRequest("pay-band", Map.of("id_number", number(age), "name", name));
    }

    static AuthorisedCall call(VerificationRequest request, Set<String> products, Set<String> fields) {
        Authoriser authoriser = new Authoriser(input -> new Decision.Allow(
                new Obligations(Obligations.AnswerForm.REASONED, Set.of(), OptionalInt.empty(), false), POLICY));
        GrantFacts grant = new GrantFacts(
                "grant-1",
                GrantFacts.Status.ACTIVE,
                "11370812MB2857833P",
                "relief",
                Purpose.WORK_REFERENCE,
                Instant.EPOCH,
                Instant.MAX,
                products,
                Set.of(),
                fields,
                Set.of("370812"));
        Authorisation authorisation = authoriser.authorise(new PolicyInput(
                new Caller("11370812MB2857833P", "clerk", Set.of(), "370812", Caller.Proof.MTLS),
                Optional.of(grant),
                new Ask.Verify(request.product(), request.fields().keySet(), Purpose.WORK_REFERENCE, "370812"),
                TimeFacts.at(Instant.parse("2026-11-21T02:00:00Z").atZone(ZoneOffset.UTC), true)));
        if (authorisation instanceof AuthorisedCall call) {
            return call;
        }
        throw new AssertionError(authorisation.toString());
    }

    static AuthorisedCall call(VerificationRequest request) {
        return call(request, Set.of(request.product()), GRANTED);
    }
}
