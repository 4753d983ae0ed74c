package org.datareturn.verifier.tokens;

import java.util.HexFormat;

/**
 * A subject as the ledger and quotas know it: the same for every product and registry of a node, and of no use to find
 * the subject's record in a registry. 16 bytes in hexadecimal.
 *
 * @param hex 32 characters of lower-case hexadecimal
 */
public record SubjectToken(String hex) {
    static SubjectToken of(byte[] token) {
        return new SubjectToken(HexFormat.of().formatHex(token));
    }
}
