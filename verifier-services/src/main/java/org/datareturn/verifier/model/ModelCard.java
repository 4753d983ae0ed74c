package org.datareturn.verifier.model;

import java.time.LocalDate;
import java.util.List;
import org.datareturn.verifier.product.Text;

/**
 * What a reviewer must know before letting a model judge people (after Mitchell et al., Model Cards for Model Reporting,
 * 2019).
 *
 * @param purpose what it may be used for
 * @param trainingData what it was trained on
 * @param trainedOn when
 * @param limits what it must not be used for, and where it is known to be wrong
 * @param owner who answers for it
 * @param threshold the score from which a person counts as selected in the measurements
 * @param quality how good it is, for everybody ({@code all}) and for each group; at least two entries
 */
public record ModelCard(
        Text purpose,
        Text trainingData,
        LocalDate trainedOn,
        Text limits,
        Text owner,
        double threshold,
        List<GroupQuality> quality) {
    /** The entry for everybody. */
    public static final String EVERYBODY = "all";

    /**
     * Measurements over one group of persons the model was not trained on.
     *
     * @param group {@link #EVERYBODY} or such as {@code sex=Female}
     * @param persons how many
     * @param accuracy share of whom selected or not selected is right, 0 to 1
     * @param selected share that is selected, 0 to 1
     * @param found share of those who should be selected that is, 0 to 1
     */
    public record GroupQuality(String group, int persons, double accuracy, double selected, double found) {}

    public ModelCard {
        quality = List.copyOf(quality);
    }
}
