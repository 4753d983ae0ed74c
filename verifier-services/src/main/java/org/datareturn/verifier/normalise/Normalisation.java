package org.datareturn.verifier.normalise;

import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;

/** The ways a field may be normalised, by the word a product declaration uses for each. */
public enum Normalisation {
    /** {@link IdNumber}. */
    ID_NUMBER("id-number") {
        @Override
        public Parsed<? extends NormalValue> parse(String text, Clock clock) {
            return IdNumber.parse(text, clock);
        }
    },
    /** {@link PersonName}. */
    PERSON_NAME("person-name") {
        @Override
        public Parsed<? extends NormalValue> parse(String text, Clock clock) {
            return PersonName.parse(text);
        }
    },
    /** {@link CreditCode}. */
    CREDIT_CODE("credit-code") {
        @Override
        public Parsed<? extends NormalValue> parse(String text, Clock clock) {
            return CreditCode.parse(text);
        }
    },
    /** {@link CalendarDate}. */
    DATE("date") {
        @Override
        public Parsed<? extends NormalValue> parse(String text, Clock clock) {
            return CalendarDate.parse(text);
        }
    },
    /** {@link RegionCode}. */
    REGION("region") {
        @Override
        public Parsed<? extends NormalValue> parse(String text, Clock clock) {
            return RegionCode.parse(text);
        }
    },
    /** {@link RegisterCode}. */
    CODE("code") {
        @Override
        public Parsed<? extends NormalValue> parse(String text, Clock clock) {
            return RegisterCode.parse(text);
        }
    };

    private final String word;

    Normalisation(String word) {
        this.word = word;
    }

    /** The word for it in declarations; also its name inside tokens, so it never changes. */
    public String word() {
        return word;
    }

    /**
     * Reads a text somebody typed.
     *
     * @param clock says which dates lie in the future, in its own time zone
     */
    public abstract Parsed<? extends NormalValue> parse(String text, Clock clock);

    /** The normalisation a declaration means by a word. */
    public static Optional<Normalisation> named(String word) {
        return Arrays.stream(values()).filter(n -> n.word.equals(word)).findFirst();
    }
}
