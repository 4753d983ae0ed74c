package org.datareturn.sandbox.model;

import java.util.Optional;
import org.datareturn.sandbox.control.ControlStoreException;

/**
 * Where sealed declarations and files of models are kept, by their digests. Every method throws
 * {@link ControlStoreException} when the store cannot answer. Thread-safe.
 */
public interface ModelFiles {
    /** Keeps one; what is kept under the same digests already stays. */
    void keep(String declarationSha256, String fileSha256, byte[] sealed);

    /** What is kept under two digests. */
    Optional<byte[]> find(String declarationSha256, String fileSha256);
}
