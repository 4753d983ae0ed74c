package org.datareturn.guard.declaration;

import java.util.List;
import java.util.stream.Collectors;

/** A declaration that cannot be accepted, with everything that is wrong with it. */
public final class DeclarationException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * One thing that is wrong.
     *
     * @param path where in the document, such as {@code tables.person.columns.age.use}; empty for the whole
     * @param line the line, counting from 1; 0 when unknown
     * @param en what is wrong, in English
     * @param zh what is wrong, in Chinese
     */
    public record Problem(String path, int line, String en, String zh) {
        /** One line in both languages, with the place. */
        @Override
        public String toString() {
            String place = (path.isEmpty() ? "declaration" : path) + (line > 0 ? " (line " + line + ")" : "");
            return place + ": " + en + " / " + zh;
        }
    }

    /** A declaration with these problems; at least one. */
    public DeclarationException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    /** Everything that is wrong, in the order of the document. */
    public List<Problem> problems() {
        return problems;
    }
}
