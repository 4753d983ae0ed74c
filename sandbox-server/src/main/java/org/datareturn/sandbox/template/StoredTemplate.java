package org.datareturn.sandbox.template;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.datareturn.guard.template.Assessment;
import org.datareturn.guard.template.QueryTemplate;
import org.datareturn.sandbox.identity.Principal;

/**
 * A template as it stands. Its SQL and parameters never change; another text is another template. Immutable.
 *
 * @param id how it is called, {@code t_} and 16 hexadecimal digits
 * @param version counts its steps, from 1
 * @param status where it stands
 * @param zone the zone it asks
 * @param title what it is for, in people's words
 * @param template the SQL and its parameters
 * @param submittedBy who submitted it; operators of the same organisation may run it
 * @param submittedAt when
 * @param basis what its last assessment rests on
 * @param assessment its last assessment
 * @param steps what happened to it, oldest first
 */
public record StoredTemplate(
        String id,
        int version,
        TemplateStatus status,
        String zone,
        String title,
        QueryTemplate template,
        Principal submittedBy,
        Instant submittedAt,
        Basis basis,
        Assessment assessment,
        List<TemplateStep> steps) {
    public StoredTemplate {
        steps = List.copyOf(steps);
    }

    /** This template after a step that leaves its assessment as it is. */
    StoredTemplate after(TemplateStep step, TemplateStatus next) {
        return reassessed(step, next, basis, assessment);
    }

    /** This template after a new assessment. */
    StoredTemplate reassessed(TemplateStep step, TemplateStatus next, Basis on, Assessment found) {
        List<TemplateStep> taken = new ArrayList<>(steps);
        taken.add(step);
        return new StoredTemplate(
                id, version + 1, next, zone, title, template, submittedBy, submittedAt, on, found, taken);
    }
}
