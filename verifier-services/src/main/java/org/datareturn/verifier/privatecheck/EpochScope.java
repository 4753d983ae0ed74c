package org.datareturn.verifier.privatecheck;

import java.util.regex.Pattern;

/**
 * What one key is for. Values made under different scopes have nothing in common, so lists of different applications or
 * epochs cannot be joined by them.
 *
 * @param dataset the registry
 * @param application the grant the approved application led to
 * @param epoch the stretch of time, such as {@code 2026-11}; each has a key and tables of its own
 */
public record EpochScope(String dataset, String application, String epoch) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}");

    public EpochScope {
        for (String part : new String[] {dataset, application, epoch}) {
            if (!NAME.matcher(part).matches()) {
                throw new IllegalArgumentException("a scope's parts match " + NAME);
            }
        }
    }

    /** The scope as a key's info. */
    byte[] framed() {
        return new Frame()
                .text("datareturn private check v1")
                .text(dataset)
                .text(application)
                .text(epoch)
                .bytes();
    }
}
