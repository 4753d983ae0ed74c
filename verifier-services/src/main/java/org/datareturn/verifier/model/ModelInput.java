package org.datareturn.verifier.model;

import java.math.BigDecimal;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * One input of a model: a column of its feature table, what values it may have and how they become numbers of the input
 * tensor. Immutable.
 */
public sealed interface ModelInput {
    /** What the model's author calls it, {@code [a-z][a-z0-9_]*}. */
    String name();

    /** The column it is read from. */
    String column();

    /** How many numbers of the input tensor it takes. */
    int width();

    /** What can stand in a cell. */
    sealed interface Cell {
        /**
         * A declared value.
         *
         * @param code the value as it is sealed; {@link ModelInput#encode} turns it into numbers
         */
        record Value(int code) implements Cell {}

        /** Nothing: the person gets no band. */
        record Missing() implements Cell {}

        /** A value outside what is declared. */
        record OutOfBounds() implements Cell {}
    }

    /** Reads a cell. */
    Cell read(String text);

    /**
     * Writes a sealed value's numbers into the input tensor.
     *
     * @return the numbers written; nothing when the value is outside what is declared
     */
    OptionalInt encode(int code, FloatBuffer into);

    /** A value that is certainly declared: what is scored where there is nobody, for the sake of equal work. */
    int decoy();

    /**
     * A number within bounds, taken as it is.
     *
     * @param min smallest value
     * @param max largest value
     */
    record Measured(String name, String column, double min, double max) implements ModelInput {
        private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]{1,15}(\\.[0-9]{1,9})?");

        @Override
        public int width() {
            return 1;
        }

        @Override
        public Cell read(String text) {
            String typed = text.strip();
            if (typed.isEmpty()) {
                return new Cell.Missing();
            }
            if (!DECIMAL.matcher(typed).matches()) {
                return new Cell.OutOfBounds();
            }
            float value = new BigDecimal(typed).floatValue();
            return within(value) ? new Cell.Value(Float.floatToIntBits(value)) : new Cell.OutOfBounds();
        }

        @Override
        public OptionalInt encode(int code, FloatBuffer into) {
            float value = Float.intBitsToFloat(code);
            if (!within(value)) {
                return OptionalInt.empty();
            }
            into.put(value);
            return OptionalInt.of(1);
        }

        /** False for NaN too. */
        private boolean within(float value) {
            return value >= (float) min && value <= (float) max;
        }

        @Override
        public int decoy() {
            return Float.floatToIntBits((float) min);
        }
    }

    /**
     * One of a list of values.
     *
     * @param values the list, in the order of the encoding
     */
    record Listed(String name, String column, List<String> values, Encoding encoding) implements ModelInput {
        /** How a listed value becomes numbers. */
        public enum Encoding {
            /** A number for each value, 1 for the one it is and 0 for the others. */
            ONE_HOT("one-hot"),
            /** Its place in the list, from 0. */
            INDEX("index");

            private final String word;

            Encoding(String word) {
                this.word = word;
            }

            /** The encoding a declaration means by a word. */
            static Optional<Encoding> named(String word) {
                return List.of(values()).stream()
                        .filter(e -> e.word.equals(word))
                        .findFirst();
            }
        }

        public Listed {
            values = List.copyOf(values);
        }

        @Override
        public int width() {
            return switch (encoding) {
                case ONE_HOT -> values.size();
                case INDEX -> 1;
            };
        }

        @Override
        public Cell read(String text) {
            String typed = text.strip();
            if (typed.isEmpty()) {
                return new Cell.Missing();
            }
            int at = values.indexOf(typed);
            return at < 0 ? new Cell.OutOfBounds() : new Cell.Value(at);
        }

        @Override
        public OptionalInt encode(int code, FloatBuffer into) {
            if (code < 0 || code >= values.size()) {
                return OptionalInt.empty();
            }
            switch (encoding) {
                case ONE_HOT -> {
                    for (int i = 0; i < values.size(); i++) {
                        into.put(i == code ? 1f : 0f);
                    }
                }
                case INDEX -> into.put(code);
            }
            return OptionalInt.of(width());
        }

        @Override
        public int decoy() {
            return 0;
        }
    }
}
