package org.datareturn.sandbox.zone.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.datareturn.policy.Refusal;

/** Plain rows of one table; says {@link ZoneFileDamaged} wherever they stop being what the manifest promised. */
final class CheckedPlainStream extends InputStream {
    private final InputStream decrypting;
    private final EditionManifest.Table expected;
    private final Refusal damaged;
    private final CsvMeter meter = new CsvMeter();
    private boolean checked;

    CheckedPlainStream(InputStream decrypting, EditionManifest.Table expected, Refusal damaged) {
        this.decrypting = decrypting;
        this.expected = expected;
        this.damaged = damaged;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int n = read(one, 0, 1);
        return n < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (length == 0) {
            return 0;
        }
        if (checked) {
            return -1;
        }
        int n;
        try {
            n = decrypting.read(buffer, offset, length);
        } catch (IOException e) {
            throw new ZoneFileDamaged(damaged, e);
        }
        if (n >= 0) {
            meter.update(buffer, offset, n);
            return n;
        }
        if (!meter.finish(expected.name()).equals(expected)) {
            throw new ZoneFileDamaged(damaged);
        }
        checked = true;
        return -1;
    }

    @Override
    public void close() throws IOException {
        decrypting.close();
    }
}
