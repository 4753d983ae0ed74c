package org.datareturn.sandbox.template;

import java.util.List;
import org.datareturn.guard.template.Parameter;

/**
 * A template as it is submitted.
 *
 * @param title what it is for
 * @param sql the SQL, with {@code :name} where an argument goes
 * @param parameters its parameters, in the order arguments will be given
 */
public record Submission(String title, String sql, List<Parameter.Written> parameters) {
    public Submission {
        parameters = List.copyOf(parameters);
    }
}
