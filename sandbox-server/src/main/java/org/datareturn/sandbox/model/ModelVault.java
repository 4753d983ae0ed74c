package org.datareturn.sandbox.model;

import com.google.crypto.tink.Aead;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.datareturn.verifier.model.ModelDeclaration;
import org.datareturn.verifier.model.ModelDeclarationException;
import org.datareturn.verifier.model.ModelFingerprint;

/** Models under seal, each bound to its two digests: what was put in another's place does not open. Thread-safe. */
public final class ModelVault {
    /** A declaration and its file may have so many bytes together. */
    public static final int MOST_BYTES = 1_000_000;

    private final Aead key;
    private final ModelFiles files;

    /** A vault over a store. */
    public ModelVault(Aead key, ModelFiles files) {
        this.key = key;
        this.files = files;
    }

    void keep(KeptModel model) {
        byte[] text = model.text().getBytes(StandardCharsets.UTF_8);
        byte[] file = model.file();
        ByteBuffer plain = ByteBuffer.allocate(Integer.BYTES + text.length + file.length);
        plain.putInt(text.length).put(text).put(file);
        ModelFingerprint which = model.declaration().fingerprint();
        try {
            files.keep(which.declarationSha256(), which.fileSha256(), key.encrypt(plain.array(), bound(which)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM can always encrypt a model", e);
        }
    }

    /** The very model that was registered; empty when it is gone, does not open, or is another by now. */
    Optional<KeptModel> open(ModelFingerprint which) {
        return files.find(which.declarationSha256(), which.fileSha256()).flatMap(kept -> opened(which, kept));
    }

    private Optional<KeptModel> opened(ModelFingerprint which, byte[] kept) {
        try {
            ByteBuffer plain = ByteBuffer.wrap(key.decrypt(kept, bound(which)));
            byte[] text = new byte[plain.getInt()];
            plain.get(text);
            byte[] file = new byte[plain.remaining()];
            plain.get(file);
            String yaml = new String(text, StandardCharsets.UTF_8);
            KeptModel model = new KeptModel(yaml, ModelDeclaration.parse(yaml, which.name()), file);
            return model.declaration().fingerprint().equals(which) ? Optional.of(model) : Optional.empty();
        } catch (GeneralSecurityException
                | ModelDeclarationException
                | BufferUnderflowException
                | NegativeArraySizeException e) {
            return Optional.empty();
        }
    }

    private static byte[] bound(ModelFingerprint which) {
        return ("datareturn.org/model/v1/" + which.declarationSha256() + "/" + which.fileSha256())
                .getBytes(StandardCharsets.US_ASCII);
    }
}
