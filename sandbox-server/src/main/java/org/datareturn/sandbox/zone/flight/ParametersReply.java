package org.datareturn.sandbox.zone.flight;

import java.util.List;

/** Which values a template takes, or a refusal. */
public sealed interface ParametersReply permits ParametersReply.Parameters, Refused {
    /**
     * An approved template's parameters.
     *
     * @param columns their names and types, in order
     */
    record Parameters(List<Column> columns) implements ParametersReply {
        public Parameters {
            columns = List.copyOf(columns);
        }
    }
}
