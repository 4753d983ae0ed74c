package org.datareturn.verifier.product;

import java.util.List;
import java.util.stream.Collectors;

/** A product's declaration cannot be accepted; says everything that is wrong with it. */
public final class ProductDeclarationException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String origin;
    private final transient List<Problem> problems;

    /**
     * One thing that is wrong.
     *
     * @param path where in the declaration, such as {@code fields.name.role}; empty for the whole
     * @param message what is wrong, with the value found where it helps
     */
    public record Problem(String path, String message) {
        @Override
        public String toString() {
            return path.isEmpty() ? message : path + ": " + message;
        }
    }

    ProductDeclarationException(String origin, List<Problem> problems) {
        super(origin + ": " + problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
        this.origin = origin;
        this.problems = List.copyOf(problems);
    }

    /** What was read. */
    public String origin() {
        return origin;
    }

    /** Everything that is wrong; at least one. */
    public List<Problem> problems() {
        return problems;
    }
}
