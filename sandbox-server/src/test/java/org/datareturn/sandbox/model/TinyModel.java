package org.datareturn.sandbox.model;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.datareturn.verifier.model.AssessedModel;
import org.datareturn.verifier.model.AssessmentOutcome;
import org.datareturn.verifier.model.ModelAssessor;
import org.datareturn.verifier.model.ModelDeclaration;
import org.datareturn.verifier.model.ModelDeclarationException;
import org.datareturn.verifier.registry.EditionOrigin;
import org.datareturn.verifier.registry.RowPolicy;
import org.datareturn.verifier.tokens.SubjectTokens;

/** A real model of one feature: sigmoid of (age − 50) / 10, LOW below one half and HIGH from there. */
public final class TinyModel {
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T04:00:00Z"), ZoneId.of("Asia/Shanghai"));

    /** What {@code onnx([0.1], -5.0)} of {@code docs/examples/models/train.py} writes: one Gemm, one Sigmoid. */
    private static final byte[] FILE = Base64.getDecoder()
            .decode(
                    "CAgSCHRyYWluLnB5OswBCisKCGZlYXR1cmVzCgd3ZWlnaHRzCglpbnRlcmNlcHQSBWxvZ2l0IgRHZW1tCh0KBWxvZ2l0Egtwcm9i"
                            + "YWJpbGl0eSIHU2lnbW9pZBILaW5jb21lLWJhbmQqFQgBCAEQAUIHd2VpZ2h0c0oEzczMPSoVCAEQAUIJaW50ZXJjZXB0SgQAAKDA"
                            + "Wh8KCGZlYXR1cmVzEhMKEQgBEg0KBxIFYmF0Y2gKAggBYiIKC3Byb2JhYmlsaXR5EhMKEQgBEg0KBxIFYmF0Y2gKAggBQgQKABAN");

    private TinyModel() {}

    /** The declaration, of a version and with an owner. */
    static ModelDeclaration declared(int version, String owner) {
        try {
            return ModelDeclaration.parse(text(version, owner), "test");
        } catch (ModelDeclarationException e) {
            throw new AssertionError(e);
        }
    }

    /** The file. */
    public static byte[] file() {
        return FILE.clone();
    }

    /** The declaration's text, of a version and with an owner. */
    static String text(int version, String owner) {
        return String.format(Locale.ROOT, """
                    model: pay-band
                    version: %d
                    title: { zh: 支付能力分档, en: Ability to pay }
                    onnx: { file: tiny.onnx, sha256: %s, input: features, output: probability, column: 0 }
                    features: household
                    fields:
                      licence_number: { role: subject, normalisation: code }
                      name: { role: match, normalisation: person-name }
                    inputs:
                    - { name: age, column: age, type: number, bounds: [0, 120] }
                    bands:
                    - { label: LOW, title: { zh: 低, en: Low }, upper: 0.5 }
                    - { label: HIGH, title: { zh: 高, en: High } }
                    min_group_size: 5
                    requery_interval: PT0S
                    source: { provider: { zh: 民政部门, en: Civil affairs } }
                    card:
                      purpose: { zh: 测试, en: Tests }
                      training_data: { zh: 测试, en: Tests }
                      trained_on: 2026-11-01
                      limits: { zh: 测试, en: Tests }
                      owner: { zh: 测试, en: %s }
                      quality:
                        threshold: 0.5
                        groups:
                        - { group: all, persons: 60, accuracy: 0.9, selected: 0.5, found: 0.8 }
                        - { group: age<50, persons: 30, accuracy: 0.9, selected: 0.1, found: 0.8 }
                    """, version, sha256(), owner);
    }

    /** Assessed on sixty persons of 21 to 80, whose numbers are P21 to P80. */
    static AssessedModel assessed(ModelDeclaration declaration, Path folder, SubjectTokens keys) throws IOException {
        Files.write(folder.resolve("tiny.onnx"), FILE);
        AssessmentOutcome outcome = new ModelAssessor(keys, CLOCK)
                .assess(
                        declaration,
                        folder,
                        features(),
                        new EditionOrigin("extract", LocalDate.of(2026, 11, 1)),
                        RowPolicy.STRICT);
        if (outcome instanceof AssessmentOutcome.Passed passed) {
            return passed.model();
        }
        throw new AssertionError(outcome.toString());
    }

    /** Sixty persons of 21 to 80, whose numbers are P21 to P80. */
    static InputStream features() {
        String csv = IntStream.rangeClosed(21, 80)
                .mapToObj(age -> "P" + age + ",张三," + age)
                .collect(Collectors.joining("\n", "licence_number,name,age\n", "\n"));
        return new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8));
    }

    /** The file's digest. */
    public static String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(FILE));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
