package org.datareturn.verifier.trial;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is tried.
 *
 * @param model the declaration's file; the ONNX file lies beside it
 * @param features the CSV file of the features
 * @param subjects the subjects to ask about, each by the declared fields; none where questions come by lines
 * @param batch the file of questions; standard input when there is neither this nor a subject
 */
public record ModelTrialOptions(Path model, Path features, List<Map<String, String>> subjects, Optional<Path> batch) {
    public ModelTrialOptions {
        subjects = subjects.stream().map(Map::copyOf).toList();
    }
}
