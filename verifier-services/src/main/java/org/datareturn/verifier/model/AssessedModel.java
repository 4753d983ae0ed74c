package org.datareturn.verifier.model;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.datareturn.verifier.SourceAttribution;
import org.datareturn.verifier.normalise.NormalValue;

/**
 * Proof that a model's file is the one declared, that it gave every person of one edition of its feature table a finite
 * score, and that each of its bands holds nobody or at least the declared number of persons. Only {@link ModelAssessor}
 * makes one. Thread-safe; close it when nobody will ask any more.
 */
public final class AssessedModel implements AutoCloseable {
    private final ModelDeclaration declaration;
    private final ModelScorer scorer;
    private final FeatureTable features;
    private final SourceAttribution attribution;
    private final List<Integer> personsPerBand;

    AssessedModel(
            ModelDeclaration declaration,
            ModelScorer scorer,
            FeatureTable features,
            SourceAttribution attribution,
            List<Integer> personsPerBand) {
        this.declaration = declaration;
        this.scorer = scorer;
        this.features = features;
        this.attribution = attribution;
        this.personsPerBand = List.copyOf(personsPerBand);
    }

    /** The model as declared. */
    public ModelDeclaration declaration() {
        return declaration;
    }

    /** Where its features come from. */
    public SourceAttribution attribution() {
        return attribution;
    }

    /** How many persons each band holds, in the order of the bands: none, or at least the declared number. */
    public List<Integer> personsPerBand() {
        return personsPerBand;
    }

    /** What placing one person came to; the score itself is nowhere in it. */
    sealed interface Placing {
        /** The person's band. */
        record Placed(Band band) implements Placing {}

        /** Nobody of that name and number has a band. */
        record NoBand() implements Placing {}

        /** The person's features do not open, or are not as declared. */
        record Unreadable() implements Placing {}

        /** The model gave no finite number. */
        record NoScore() implements Placing {}
    }

    /** Places a person. Where there is nobody, or a name disagrees, a made-up person is scored for the sake of equal work. */
    Placing place(List<NormalValue> identity, List<NormalValue> matches) {
        FeatureTable.Found found = features.find(identity, matches);
        List<Integer> codes = switch (found) {
            case FeatureTable.Found.Person(List<Integer> own) -> own;
            case FeatureTable.Found.Nobody nobody ->
                declaration.inputs().stream().map(ModelInput::decoy).toList();
            case FeatureTable.Found.Unreadable unreadable -> List.of();
        };
        Optional<float[]> vector = vector(declaration, codes);
        if (vector.isEmpty()) {
            return new Placing.Unreadable();
        }
        OptionalDouble score = scorer.score(vector.get());
        if (score.isEmpty()) {
            return new Placing.NoScore();
        }
        Band band = declaration.bands().get(declaration.bandOf(score.getAsDouble()));
        return found instanceof FeatureTable.Found.Person ? new Placing.Placed(band) : new Placing.NoBand();
    }

    /** The input tensor of a person's values; nothing when one of them is not as declared. */
    static Optional<float[]> vector(ModelDeclaration declaration, List<Integer> codes) {
        List<ModelInput> inputs = declaration.inputs();
        if (codes.size() != inputs.size()) {
            return Optional.empty();
        }
        FloatBuffer vector = FloatBuffer.allocate(declaration.width());
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i).encode(codes.get(i), vector).isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.of(vector.array());
    }

    @Override
    public void close() {
        scorer.close();
    }

    @Override
    public String toString() {
        return "AssessedModel[" + declaration.name() + " " + declaration.version() + "]";
    }
}
