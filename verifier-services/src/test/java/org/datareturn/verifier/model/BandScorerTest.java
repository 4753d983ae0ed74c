package org.datareturn.verifier.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.datareturn.policy.AuthorisedCall;
import org.datareturn.policy.Refusal;
import org.datareturn.verifier.VerificationRequest;
import org.datareturn.verifier.reason.VerifierReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BandScorerTest {
    @TempDir
    Path folder;

    private ModelTown town;
    private AssessedModel model;
    private BandScorer scorer;

    @BeforeEach
    void open() {
        town = new ModelTown(folder);
        model = town.assessed(ModelTown.rows());
        scorer = town.scorer(model, ModelApprovals.authorsOwn());
    }

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void answersTheBandOfTheFormula() {
        for (int age = 21; age <= 80; age++) {
            String name = age == 40 ? ModelTown.SECRET : "李" + (char) ('一' + age);
            double score = ModelTown.score(age, true);
            assertThat(answer(ModelTown.about(age, name)))
                    .as("age %d", age)
                    .isEqualTo(score < 0.25 ? "LOW" : score < 0.75 ? "MIDDLE" : "HIGH");
        }
    }

    @Test
    void answersOneNoToAWrongNameAStrangerAndWhoLacksAFeature() {
        List<String> rows = new ArrayList<>(ModelTown.rows());
        rows.set(0, ModelTown.number(21) + ",李四,,yes");
        try (AssessedModel lacking = town.assessed(rows)) {
            BandScorer asked = town.scorer(lacking, ModelApprovals.authorsOwn());
            List<String> answers = List.of(
                    answer(asked, ModelTown.about(40, "张三")),
                    answer(asked, ModelTown.about(95, "张三")),
                    answer(asked, ModelTown.about(21, "李四")));
            assertThat(answers).containsOnly(Scored.NO_BAND);
        }
    }

    @Test
    void letsOnlyTheBandLeave() {
        Scored scored = (Scored) score(scorer, ModelTown.about(40, ModelTown.SECRET));
        assertThat(scored.answer()).isEqualTo("MIDDLE");
        assertThat(scored.toString()).doesNotContain("MIDDLE", ModelTown.number(40), ModelTown.SECRET);
        assertThat(Arrays.stream(Scored.class.getDeclaredFields())
                        .filter(field -> !Modifier.isStatic(field.getModifiers()))
                        .map(field -> field.getType().getSimpleName()))
                .as("what an answer holds: of the person nothing that is a number")
                .containsExactlyInAnyOrder(
                        "AuthorisedCall",
                        "ModelFingerprint",
                        "Optional",
                        "SourceAttribution",
                        "SubjectToken",
                        "QuotaLeft");
    }

    @Test
    void givesTheSameAnswerToTheSameRequest() {
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            answers.add(answer(ModelTown.about(61, "李" + (char) ('一' + 61))));
        }
        assertThat(answers).containsOnly("HIGH");
    }

    @Test
    void refusesFeaturesACallerSends() {
        Map<String, String> fields =
                new HashMap<>(ModelTown.about(40, ModelTown.SECRET).fields());
        fields.put("age", "99");
        assertThat(reason(new VerificationRequest("pay-band", fields))).isEqualTo(VerifierReason.FIELD_UNEXPECTED);
        fields.remove("age");
        fields.remove("name");
        assertThat(reason(new VerificationRequest("pay-band", fields))).isEqualTo(VerifierReason.FIELD_MISSING);
        fields.put("name", ModelTown.SECRET);
        fields.put("id_number", "110105194912310021");
        assertThat(reason(new VerificationRequest("pay-band", fields))).isEqualTo(VerifierReason.ID_NUMBER_CHECK);
    }

    @Test
    void refusesAModelNobodyApprovedWithEveryCallAnew() {
        Map<ModelFingerprint, String> approved = new HashMap<>();
        BandScorer asked = town.scorer(
                model,
                (fingerprint, revision) -> revision.equals(approved.get(fingerprint))
                        ? new ModelStanding.Approved()
                        : new ModelStanding.NotApproved(
                                Refusal.of(VerifierReason.MODEL_NOT_APPROVED, fingerprint.name())));
        VerificationRequest request = ModelTown.about(40, ModelTown.SECRET);
        assertThat(reason(score(asked, request))).isEqualTo(VerifierReason.MODEL_NOT_APPROVED);
        approved.put(model.declaration().fingerprint(), "policy-6");
        assertThat(reason(score(asked, request))).isEqualTo(VerifierReason.MODEL_NOT_APPROVED);
        approved.put(model.declaration().fingerprint(), ModelTown.POLICY);
        assertThat(answer(asked, request)).isEqualTo("MIDDLE");
        approved.clear();
        assertThat(reason(score(asked, request))).isEqualTo(VerifierReason.MODEL_NOT_APPROVED);
    }

    @Test
    void refusesAGrantOfAnotherModelOrOfOtherFields() {
        VerificationRequest request = ModelTown.about(40, ModelTown.SECRET);
        assertThat(reason(scorer.score(ModelTown.call(request, Set.of("identity-check"), ModelTown.GRANTED), request)))
                .isEqualTo(VerifierReason.GRANT_LACKS_MODEL);
        ScoringOutcome lacksColumn = scorer.score(
                ModelTown.call(request, Set.of("pay-band"), Set.of("id_number", "name", "household.age")), request);
        assertThat(reason(lacksColumn)).isEqualTo(VerifierReason.GRANT_LACKS_FIELD);
        assertThat(((ScoringOutcome.Refused) lacksColumn).refusal().arguments()).containsExactly("household.work");
        AuthorisedCall forAnother = ModelTown.call(new VerificationRequest("other", request.fields()));
        assertThat(reason(scorer.score(forAnother, request))).isEqualTo(VerifierReason.CALL_NOT_FOR_REQUEST);
        VerificationRequest unknown = new VerificationRequest("other", request.fields());
        assertThat(reason(unknown)).isEqualTo(VerifierReason.MODEL_UNKNOWN);
    }

    @Test
    void closesAPersonWhoseNameIsSearched() {
        int answered = 0;
        String last = "";
        for (int i = 0; i < 60; i++) {
            switch (score(scorer, ModelTown.about(40, "王" + (char) ('一' + i)))) {
                case Scored scored -> answered++;
                case ScoringOutcome.Refused(Refusal refusal) ->
                    last = refusal.reason().name();
                case ScoringOutcome.Suspended(Refusal refusal) ->
                    last = refusal.reason().name();
            }
        }
        assertThat(answered).isEqualTo(10);
        assertThat(last).isIn("SUBJECT_CLOSED", "OPERATOR_THROTTLED", "OPERATOR_SUSPENDED");
    }

    @Test
    void refusesOnceTheModelIsClosed() {
        model.close();
        assertThat(reason(ModelTown.about(40, ModelTown.SECRET))).isEqualTo(VerifierReason.MODEL_OUTPUT);
    }

    @Test
    void opensNoFeaturesThatWereSealedForAnotherDeclaration() {
        ModelDeclaration changed = ModelTown.declared(ModelTown.MODEL.bytes(), "upper: 0.25", "upper: 0.24");
        var person = List.<org.datareturn.verifier.normalise.NormalValue>of();
        FeatureTable.Row row =
                FeatureTable.seal(town.keys.primary(), model.declaration().shape(), person, person, new int[] {1, 2});
        assertThat(town.keys
                        .primary()
                        .openFacts(
                                changed.shape() + "|block 0",
                                person,
                                row.blocks().getFirst()))
                .isEmpty();
        assertThat(town.keys
                        .primary()
                        .openFacts(
                                model.declaration().shape() + "|block 0",
                                person,
                                row.blocks().getFirst()))
                .hasValueSatisfying(codes -> assertThat(codes).containsExactly(1, 2));
    }

    @Test
    void refusesSealedValuesOutsideTheirBounds() {
        ModelDeclaration declaration = model.declaration();
        int forty = Float.floatToIntBits(40f);
        assertThat(AssessedModel.vector(declaration, List.of(forty, 1)))
                .hasValueSatisfying(vector -> assertThat(vector).containsExactly(40f, 0f, 1f));
        for (List<Integer> bad : List.of(
                List.of(Float.floatToIntBits(121f), 1),
                List.of(Float.floatToIntBits(Float.NaN), 1),
                List.of(forty, 2),
                List.of(forty, -1),
                List.of(forty))) {
            assertThat(AssessedModel.vector(declaration, bad)).isEmpty();
        }
    }

    private String answer(VerificationRequest request) {
        return answer(scorer, request);
    }

    private static String answer(BandScorer scorer, VerificationRequest request) {
        if (score(scorer, request) instanceof Scored scored) {
            return scored.answer();
        }
        throw new AssertionError("refused: " + score(scorer, request));
    }

    private static ScoringOutcome score(BandScorer scorer, VerificationRequest request) {
        return scorer.score(ModelTown.call(request), request);
    }

    private VerifierReason reason(VerificationRequest request) {
        return reason(score(scorer, request));
    }

    private static VerifierReason reason(ScoringOutcome outcome) {
        return switch (outcome) {
            case Scored scored -> throw new AssertionError("answered " + scored.answer());
            case ScoringOutcome.Refused(Refusal refusal) -> (VerifierReason) refusal.reason();
            case ScoringOutcome.Suspended(Refusal refusal) -> (VerifierReason) refusal.reason();
        };
    }
}
