package org.datareturn.sandbox.application;

/** What free text may hold. */
final class Texts {
    private Texts() {}

    /** Whether a text is free of control characters (but line breaks and tabs) and of half surrogate pairs. */
    static boolean isPlain(String text) {
        return text.codePoints()
                .allMatch(point -> point == '\n'
                        || point == '\t'
                        || point == '\r'
                        || !(Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE));
    }

    /** An identifier a caller sent, fit to be said back: cut, and free of anything but what identifiers are made of. */
    static String shown(String id) {
        String cut = id.length() > 64 ? id.substring(0, 64) : id;
        return cut.replaceAll("[^A-Za-z0-9._-]", "?");
    }
}
