package org.datareturn.sandbox.template;

/**
 * A template for one reader. What a rehearsal found is told to reviewers and watchers only: it says of data, if coarsely,
 * what nobody has been answered.
 *
 * @param template the template
 * @param sight how much of it this reader may see
 */
public record TemplateView(StoredTemplate template, Sight sight) {
    /** How much a reader may see. */
    public enum Sight {
        /** Everything but what a rehearsal found. */
        OWN,
        /** Everything. */
        REVIEW
    }
}
