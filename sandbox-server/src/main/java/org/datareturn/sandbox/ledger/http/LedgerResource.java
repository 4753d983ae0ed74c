package org.datareturn.sandbox.ledger.http;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.datareturn.sandbox.ledger.Ledger;
import org.datareturn.sandbox.ledger.TileFiles.PublicFile;

/**
 * The log as a C2SP tlog-tiles server under {@code /ledger/}: {@code checkpoint}, {@code tile/…}. Open to anyone who can
 * reach the port: entries are salted commitments and say nothing of anybody.
 */
@Path("/ledger")
public class LedgerResource {
    private final Ledger ledger;

    /** Serves one ledger's files. */
    public LedgerResource(Ledger ledger) {
        this.ledger = ledger;
    }

    /** A checkpoint or tile. */
    @GET
    @Path("{path: .+}")
    @RunOnVirtualThread
    public Response file(@PathParam("path") String path) throws IOException {
        Optional<PublicFile> found = ledger.files().find(path);
        if (found.isEmpty()) {
            return Response.status(Response.Status.NOT_FOUND).build();
        }
        // Read whole: a tile has at most 8 KiB of hashes, an entry bundle 256 short entries.
        return Response.ok(Files.readAllBytes(found.get().file()))
                .header(HttpHeaders.CONTENT_TYPE, found.get().contentType())
                .header(HttpHeaders.CACHE_CONTROL, found.get().cacheControl())
                .build();
    }
}
