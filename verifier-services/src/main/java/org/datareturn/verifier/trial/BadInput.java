package org.datareturn.verifier.trial;

import java.nio.file.Path;

/** Something the author must mend; the message is one or more lines ready to be shown. */
final class BadInput extends Exception {
    private static final long serialVersionUID = 1L;

    BadInput(String message) {
        super(message, null, false, false);
    }

    static BadInput unreadable(Path file) {
        return new BadInput(file + ": cannot be read as UTF-8 text / 无法按 UTF-8 文本读取");
    }
}
