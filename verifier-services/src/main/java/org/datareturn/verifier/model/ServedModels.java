package org.datareturn.verifier.model;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.datareturn.policy.Refusal;
import org.datareturn.verifier.reason.VerifierReason;

/** The models that may be asked, by name; they may come and go. Thread-safe. */
@FunctionalInterface
public interface ServedModels {
    /** What came of looking for a model. */
    sealed interface Found {
        /**
         * It is there.
         *
         * @param model remains its owner's to close; one that was closed meanwhile gives no answer
         */
        record Served(AssessedModel model) implements Found {}

        /**
         * It cannot be asked.
         *
         * @param refusal why
         */
        record NotServed(Refusal refusal) implements Found {}
    }

    /** Looks for a model. */
    Found named(String name);

    /**
     * A fixed set of models.
     *
     * @param models one of a name
     * @throws IllegalArgumentException when two models have one name
     */
    static ServedModels of(Collection<AssessedModel> models) {
        Map<String, AssessedModel> byName = new HashMap<>();
        for (AssessedModel model : models) {
            if (byName.put(model.declaration().name(), model) != null) {
                throw new IllegalArgumentException(
                        "two models named " + model.declaration().name());
            }
        }
        Map<String, AssessedModel> fixed = Map.copyOf(byName);
        return name -> {
            AssessedModel model = fixed.get(name);
            return model == null ? unknown(name) : new Found.Served(model);
        };
    }

    /** There is no such model; the name is repeated only when a model could bear it. */
    static Found.NotServed unknown(String name) {
        return new Found.NotServed(
                Refusal.of(VerifierReason.MODEL_UNKNOWN, name.matches("[a-z0-9-]{1,60}") ? name : "?"));
    }
}
