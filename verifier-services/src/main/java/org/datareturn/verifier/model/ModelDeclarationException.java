package org.datareturn.verifier.model;

import java.util.List;
import java.util.stream.Collectors;

/** A model's declaration cannot be accepted; says everything that is wrong with it. */
public final class ModelDeclarationException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * One thing that is wrong.
     *
     * @param line where it stands, from 1; what is missing is missing from the thing that begins there
     * @param path such as {@code /inputs/0/bounds}; empty for the whole
     * @param zh what is wrong, in Chinese
     * @param en what is wrong, in English
     */
    public record Problem(int line, String path, String zh, String en) {
        @Override
        public String toString() {
            return "line " + line + ": " + (path.isEmpty() ? "" : path + ": ") + en + " / " + zh;
        }
    }

    ModelDeclarationException(String origin, List<Problem> problems) {
        super(problems.stream().map(problem -> origin + ": " + problem).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Everything that is wrong; at least one. */
    public List<Problem> problems() {
        return problems;
    }
}
