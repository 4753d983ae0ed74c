package org.datareturn.sandbox.model;

import java.util.List;
import java.util.Optional;

/**
 * A model for one reader.
 *
 * @param model as it stands
 * @param declaration its declaration as registered, card included; empty in lists
 * @param history its changes, oldest first; empty in lists
 * @param assessment what was found, where the call assessed it
 */
public record ModelView(
        RegisteredModel model,
        Optional<String> declaration,
        List<ModelChange> history,
        Optional<ModelAssessment> assessment) {
    public ModelView {
        history = List.copyOf(history);
    }
}
