package org.datareturn.sandbox.zone.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.StreamingAead;
import com.google.crypto.tink.streamingaead.PredefinedStreamingAeadParameters;
import com.google.crypto.tink.streamingaead.StreamingAeadConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.datareturn.policy.Refusal;

/** A store with a fresh key on a scratch folder, and short words for what tests do with it. */
final class StoreFixture {
    static final Instant NOW = Instant.parse("2026-11-02T08:00:00Z");
    static final String SCHEMA = "0123456789abcdef".repeat(4);
    static final LocalDate ACQUIRED = LocalDate.of(2026, 10, 31);

    final Path root;
    final StreamingAead key;
    final EditionFloor floor = EditionFloor.inMemory();
    final ZoneFileStore store;

    StoreFixture(Path root) {
        this(root, newKey());
    }

    StoreFixture(Path root, StreamingAead key) {
        this.root = root;
        this.key = key;
        this.store = new ZoneFileStore(root, key, floor, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    /** The same folder and key in a process that has just started. */
    StoreFixture afterRestart() {
        return new StoreFixture(root, key);
    }

    /** 4 KiB segments: a table of some hundred rows spans many. */
    static StreamingAead newKey() {
        try {
            StreamingAeadConfig.register();
            return KeysetHandle.generateNew(
                            PredefinedStreamingAeadParameters.AES256_GCM_HKDF_4KB, RegistryConfiguration.get())
                    .getPrimitive(RegistryConfiguration.get(), StreamingAead.class);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static EditionSource edition(String zone, EditionSource.Table... tables) {
        return new EditionSource(zone, "济南市民政局", ACQUIRED, SCHEMA, List.of(tables));
    }

    static EditionSource.Table table(String name, String csv) {
        return new EditionSource.Table(name, () -> new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)));
    }

    /** A CSV of that many rows, each of which says what it belongs to. */
    static String rows(String tag, int count) {
        StringBuilder csv = new StringBuilder("id,word\n");
        for (int i = 0; i < count; i++) {
            csv.append(i).append(',').append(tag).append("的第").append(i).append("行\n");
        }
        return csv.toString();
    }

    EditionManifest load(EditionSource source) {
        return ok(store.write(source));
    }

    Path current(String zone, String table) {
        long edition = ok(store.read(zone)).manifest().edition();
        return editionFolder(zone, edition).resolve(table + ".csv.sealed");
    }

    Path editionFolder(String zone, long edition) {
        return root.resolve(zone).resolve("edition-" + edition);
    }

    String text(String zone, String table) throws IOException {
        try (InputStream in = ok(store.open(zone, table))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Why the table cannot be read, at opening or while reading. */
    ZoneStoreReason refusalOf(String zone, String table) {
        return switch (store.open(zone, table)) {
            case StoreResult.Refused<InputStream>(Refusal refusal) -> reason(refusal);
            case StoreResult.Ok<InputStream>(InputStream in) -> {
                try (in) {
                    in.readAllBytes();
                } catch (ZoneFileDamaged e) {
                    yield reason(e.refusal());
                } catch (IOException e) {
                    throw new AssertionError("not a refusal", e);
                }
                throw new AssertionError(table + " of " + zone + " was read to its end");
            }
        };
    }

    static <T> T ok(StoreResult<T> result) {
        return switch (result) {
            case StoreResult.Ok<T>(T value) -> value;
            case StoreResult.Refused<T>(Refusal refusal) -> throw new AssertionError(refusal.messageEn());
        };
    }

    static ZoneStoreReason refused(StoreResult<?> result) {
        return switch (result) {
            case StoreResult.Ok<?>(Object value) -> throw new AssertionError("not refused: " + value);
            case StoreResult.Refused<?>(Refusal refusal) -> reason(refusal);
        };
    }

    private static ZoneStoreReason reason(Refusal refusal) {
        assertThat(refusal.messageEn()).isNotBlank().doesNotContain("{");
        assertThat(refusal.messageZh()).isNotBlank().doesNotContain("{");
        return (ZoneStoreReason) refusal.reason();
    }
}
