package org.datareturn.verifier.model;

import java.util.OptionalDouble;
import org.datareturn.verifier.product.Text;

/**
 * A band of scores; all that ever leaves of a score.
 *
 * @param label what callers get, {@code [A-Z][A-Z0-9_]*}
 * @param title what people call it
 * @param upper its scores lie below this edge; the last band has none
 */
public record Band(String label, Text title, OptionalDouble upper) {}
