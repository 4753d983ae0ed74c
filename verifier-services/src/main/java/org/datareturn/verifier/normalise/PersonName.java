package org.datareturn.verifier.normalise;

import java.text.Normalizer;
import java.util.Set;
import org.datareturn.verifier.reason.VerifierReason;

/**
 * A person's name in the form names are compared in. Compatibility forms are folded (Unicode NFKC, UAX #15), every
 * character used as a middle dot becomes U+00B7, and white space, variation selectors and zero-width characters go.
 * Nothing else is folded: simplified and traditional forms, letter case and accents make different names, as they do on
 * a household register.
 *
 * <p>Normalising is idempotent. Immutable.
 */
public final class PersonName implements NormalValue {
    /** More UTF-16 units than any name has, before normalisation. */
    private static final int MAX_RAW_LENGTH = 256;
    /** More characters than any name has, after normalisation. */
    private static final int MAX_CHARACTERS = 64;
    /** Each round only drops or composes characters; real names are stable after one or two. */
    private static final int MAX_ROUNDS = 8;

    /** The block of CJK Unified Ideographs. */
    private static final char FIRST_IDEOGRAPH = 0x4E00;

    private static final char LAST_IDEOGRAPH = 0x9FFF;

    private static final int MIDDLE_DOT = 0x00B7;
    /**
     * What keyboards, fonts and older systems put where U+00B7 is meant: bullets, hyphenation point, bullet and dot
     * operators, the Greek, runic, Katakana, Hangul, Latin and word-separating middle dots, the black circle.
     */
    private static final Set<Integer> MIDDLE_DOTS = Set.of(
            0x00B7, 0x0387, 0x119E, 0x1427, 0x16EB, 0x2022, 0x2027, 0x2219, 0x22C5, 0x25CF, 0x26AB, 0x2E30, 0x2E31,
            0x2E33, 0x30FB, 0x318D, 0xA78F, 0xFF65, 0x10101);
    /** Marks that names in Latin script hold besides letters. */
    private static final Set<Integer> PUNCTUATION =
            Set.of(MIDDLE_DOT, (int) '.', (int) '-', (int) '\'', 0x2019, 0x2010);

    private final String name;

    private PersonName(String name) {
        this.name = name;
    }

    /** Reads a name as it was typed. */
    public static Parsed<PersonName> parse(String text) {
        if (text.length() > MAX_RAW_LENGTH) {
            return new Parsed.Rejected<>(VerifierReason.PERSON_NAME_LENGTH);
        }
        if (isIdeographs(text)) {
            return new Parsed.Accepted<>(new PersonName(text));
        }
        String before = text;
        String name = normaliseOnce(text);
        for (int round = 1; !name.equals(before) && round < MAX_ROUNDS; round++) {
            before = name;
            name = normaliseOnce(name);
        }
        if (name.isEmpty()) {
            return new Parsed.Rejected<>(VerifierReason.PERSON_NAME_EMPTY);
        }
        if (name.codePointCount(0, name.length()) > MAX_CHARACTERS) {
            return new Parsed.Rejected<>(VerifierReason.PERSON_NAME_LENGTH);
        }
        boolean wellFormed = name.equals(before)
                && name.codePoints().allMatch(PersonName::belongsInNames)
                && name.codePoints().anyMatch(c -> !PUNCTUATION.contains(c));
        return wellFormed
                ? new Parsed.Accepted<>(new PersonName(name))
                : new Parsed.Rejected<>(VerifierReason.PERSON_NAME_CHARACTER);
    }

    /** Whether a text is a few unified ideographs, as nearly every name is: nothing below changes or refuses those. */
    private static boolean isIdeographs(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < FIRST_IDEOGRAPH || text.charAt(i) > LAST_IDEOGRAPH) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MAX_CHARACTERS;
    }

    private static String normaliseOnce(String text) {
        int[] kept = Normalizer.normalize(text, Normalizer.Form.NFKC)
                .codePoints()
                .filter(c -> !Invisible.is(c))
                .map(c -> MIDDLE_DOTS.contains(c) ? MIDDLE_DOT : c)
                .toArray();
        // Registers without a middle dot on their keyboards separate the parts of a transcribed name by a full stop.
        for (int i = 1; i + 1 < kept.length; i++) {
            if (kept[i] == '.' && Character.isIdeographic(kept[i - 1]) && Character.isIdeographic(kept[i + 1])) {
                kept[i] = MIDDLE_DOT;
            }
        }
        return new String(kept, 0, kept.length);
    }

    private static boolean belongsInNames(int c) {
        return switch ((byte) Character.getType(c)) {
            // Marks belong to the scripts of many peoples; private use is where older registers keep rare characters.
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER,
                    Character.LETTER_NUMBER,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.PRIVATE_USE -> true;
            // Ideographs encoded after this runtime's Unicode tables; the planes hold nothing else.
            case Character.UNASSIGNED -> c >= 0x20000 && c <= 0x3FFFD && (c & 0xFFFE) != 0xFFFE;
            default -> PUNCTUATION.contains(c);
        };
    }

    @Override
    public String plain() {
        return name;
    }

    @Override
    public Normalisation normalisation() {
        return Normalisation.PERSON_NAME;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PersonName that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** Names the type only; the name is personal data. */
    @Override
    public String toString() {
        return "PersonName[not shown]";
    }
}
