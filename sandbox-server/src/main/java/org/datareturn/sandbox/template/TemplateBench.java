package org.datareturn.sandbox.template;

import java.util.Optional;
import org.datareturn.policy.Caller;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.catalogue.Resource;
import org.datareturn.sandbox.catalogue.ResourceCatalogue;

/**
 * Who may decide on templates: a content reviewer of the authority the catalogue names for the zone, never of the
 * submitter's own organisation (C4: no one reviews their own). Thread-safe.
 */
public final class TemplateBench {
    private final ResourceCatalogue catalogue;

    /** A bench by one catalogue. */
    public TemplateBench(ResourceCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Why this caller may not decide on a template, when they may not. */
    Optional<Refusal> refusalOf(Caller caller, StoredTemplate template) {
        if (caller.organisation().equals(template.submittedBy().organisation())) {
            return Optional.of(Refusal.of(TemplateReason.TEMPLATE_REVIEW_OF_OWN));
        }
        return reviews(caller, template)
                ? Optional.empty()
                : Optional.of(Refusal.of(TemplateReason.TEMPLATE_REVIEW_NOT_ALLOWED));
    }

    /** Whether this caller decides on a template. */
    boolean reviews(Caller caller, StoredTemplate template) {
        return caller.roles().contains(Caller.Role.CONTENT_REVIEWER)
                && !caller.organisation().equals(template.submittedBy().organisation())
                && catalogue
                        .find(Resource.Kind.ZONE, template.zone())
                        .filter(entry -> entry.resource().contentAuthority().equals(caller.organisation()))
                        .isPresent();
    }

    /** Whether this caller watches over what is done. */
    boolean watches(Caller caller) {
        return caller.roles().contains(Caller.Role.AUDITOR) || caller.roles().contains(Caller.Role.SECURITY_OFFICER);
    }
}
