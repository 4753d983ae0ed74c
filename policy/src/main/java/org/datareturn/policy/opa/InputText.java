package org.datareturn.policy.opa;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.datareturn.policy.PolicyInput;
import org.datareturn.policy.opa.wire.InputDocument;
import org.datareturn.policy.opa.wire.WireFormat;

/** The text of an input, when engines can be given it. Thread-safe. */
final class InputText {
    /** Largest input, in bytes of UTF-8: a grant of thousands of columns fits, a flood does not. */
    static final int MAX_BYTES = 256 * 1024;

    private InputText() {}

    /**
     * The input as JSON, or nothing when it is larger than {@link #MAX_BYTES} or holds half a surrogate pair: an
     * encoder would silently turn that into another text, and two engines into two.
     */
    static Optional<String> of(PolicyInput input) {
        String json = WireFormat.write(InputDocument.of(input));
        if (json.length() > MAX_BYTES) {
            return Optional.empty();
        }
        try {
            int bytes = StandardCharsets.UTF_8
                    .newEncoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .encode(CharBuffer.wrap(json))
                    .remaining();
            return bytes > MAX_BYTES ? Optional.empty() : Optional.of(json);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
