package org.datareturn.sandbox.model;

import java.util.List;
import java.util.stream.IntStream;
import org.datareturn.verifier.model.AssessedModel;

/**
 * What a reviewer is told of an assessment that was passed.
 *
 * @param edition the feature table's edition
 * @param bands the bands in their order
 */
public record ModelAssessment(String edition, List<BandSize> bands) {
    /**
     * How many persons a band holds, not to the person: two models that differ little must not tell of one.
     *
     * @param label the band
     * @param personsAtLeast rounded down to a multiple of the declared least; 0 stands for nobody
     */
    public record BandSize(String label, int personsAtLeast) {}

    public ModelAssessment {
        bands = List.copyOf(bands);
    }

    static ModelAssessment of(AssessedModel model) {
        int least = model.declaration().minGroupSize();
        List<Integer> persons = model.personsPerBand();
        return new ModelAssessment(
                model.attribution().edition(),
                IntStream.range(0, persons.size())
                        .mapToObj(i -> new BandSize(
                                model.declaration().bands().get(i).label(), persons.get(i) / least * least))
                        .toList());
    }
}
