package org.datareturn.sandbox.ledger;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Maps request paths of the C2SP tlog-tiles API to the log's public files. Only paths of its strict grammar are looked
 * at, so nothing outside the log, and nothing that is not public, can be named. Thread-safe.
 */
public final class TileFiles {
    // Level 0 to 63 or entries; index in elements of three digits; width 1 to 255.
    private static final Pattern TILE = Pattern.compile("tile/(?:entries|[0-9]|[1-5][0-9]|6[0-3])/(?:x[0-9]{3}/){0,6}"
            + "[0-9]{3}(?:\\.p/(?:[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5]))?");

    private final Path folder;

    TileFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * One public file and the headers to send with it.
     *
     * @param file where it lies; it may vanish between this answer and its being opened (a partial tile whose full form
     *     has come): answer 404 then
     * @param contentType value of {@code Content-Type}
     * @param cacheControl value of {@code Cache-Control}
     */
    public record PublicFile(Path file, String contentType, String cacheControl) {}

    /**
     * The file of a request path.
     *
     * @param path relative to the log's prefix, without a leading slash, as sent (not percent-decoded)
     * @return nothing when the path is not of the grammar or there is no such file: answer 404
     */
    public Optional<PublicFile> find(String path) {
        if (path.equals(TileFolder.CHECKPOINT)) {
            return present(path, "text/plain; charset=utf-8", "no-cache");
        }
        if (TILE.matcher(path).matches()) {
            return present(path, "application/octet-stream", "public, max-age=31536000, immutable");
        }
        return Optional.empty();
    }

    private Optional<PublicFile> present(String path, String contentType, String cacheControl) {
        Path file = folder.resolve(path);
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(new PublicFile(file, contentType, cacheControl))
                : Optional.empty();
    }
}
