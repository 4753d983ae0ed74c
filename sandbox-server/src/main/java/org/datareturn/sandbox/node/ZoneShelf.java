package org.datareturn.sandbox.node;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.datareturn.guard.AnswerMemory;
import org.datareturn.guard.DataZone;
import org.datareturn.guard.EngineLimits;
import org.datareturn.guard.Engines;
import org.datareturn.guard.ZoneSecret;
import org.datareturn.guard.declaration.DeclarationException;
import org.datareturn.guard.declaration.DeclarationReader;
import org.datareturn.guard.declaration.TableDeclaration;
import org.datareturn.guard.declaration.ZoneDeclaration;
import org.datareturn.guard.load.CsvSource;
import org.datareturn.guard.load.LoadException;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.keys.KeyBytesAccess;
import org.datareturn.sandbox.zone.AnswerJournal;
import org.datareturn.sandbox.zone.Digests;
import org.datareturn.sandbox.zone.ServedZone;
import org.datareturn.sandbox.zone.store.EditionReader;
import org.datareturn.sandbox.zone.store.StoreResult;

/** The zones a node serves, each decrypted from its sealed files straight into its engine's memory. */
final class ZoneShelf implements AutoCloseable {
    private final List<ServedZone> served = new ArrayList<>();
    private final List<AnswerJournal> journals = new ArrayList<>();

    private final Clock clock;

    private ZoneShelf(Clock clock) {
        this.clock = clock;
    }

    /** Where the declaration of a zone lies: it says how data may be used and holds none. */
    static Path declarationFile(NodeOptions options, String zone) {
        return declarations(options).resolve(zone + ".yaml");
    }

    static Path declarations(NodeOptions options) {
        return options.dataFolder().resolve("zone-declarations");
    }

    static ZoneShelf open(NodeStores stores, Clock clock) throws NodeStartException, IOException {
        ZoneShelf shelf = new ZoneShelf(clock);
        try {
            for (String zone : ok(stores.zoneFiles().zones())) {
                shelf.serve(stores, zone);
            }
            return shelf;
        } catch (NodeStartException | IOException e) {
            shelf.close();
            throw e;
        }
    }

    List<ServedZone> served() {
        return List.copyOf(served);
    }

    private void serve(NodeStores stores, String zone) throws NodeStartException, IOException {
        EditionReader edition = ok(stores.zoneFiles().read(zone));
        String yaml = Files.readString(declarationFile(stores.options(), zone), StandardCharsets.UTF_8);
        String digest = Digests.sha256(yaml.getBytes(StandardCharsets.UTF_8));
        if (!digest.equals(edition.manifest().schemaDigest())) {
            // A declaration is the zone's protection: one that was changed on disk is not obeyed.
            throw new NodeStartException(Refusal.of(NodeReason.ZONE_DECLARATION_CHANGED, zone));
        }
        AnswerJournal journal = AnswerJournal.open(
                stores.options().dataFolder().resolve("answers"), stores.keys().records(), zone);
        journals.add(journal);
        try {
            ZoneDeclaration declaration = DeclarationReader.read(yaml);
            Map<String, CsvSource> tables = new LinkedHashMap<>();
            for (TableDeclaration table : declaration.tables()) {
                tables.put(table.name(), new SealedTable(edition, table.name()));
            }
            DataZone data = DataZone.open(
                    declaration,
                    tables,
                    AnswerMemory.journalled(journal),
                    Engines.of(EngineLimits.standard(), stores.options().engines()),
                    secret(stores, zone),
                    clock);
            served.add(new ServedZone(data, edition.manifest()));
        } catch (DeclarationException | LoadException e) {
            throw new NodeStartException("zone " + zone + ": " + e.getMessage(), e);
        }
    }

    /** What a zone's repeatable noise comes from: of the ring, so that no restart draws it anew. */
    private static ZoneSecret secret(NodeStores stores, String zone) {
        byte[] key = stores.keys()
                .deriveSecret(
                        KeyBytesAccess.iKnowKeyBytesLeaveTheRing(),
                        "datareturn.org/zone-noise/v1/" + zone,
                        ZoneSecret.BYTES);
        return ZoneSecret.of(key);
    }

    private static <T> T ok(StoreResult<T> result) throws NodeStartException {
        return switch (result) {
            case StoreResult.Ok<T> ok -> ok.value();
            case StoreResult.Refused<T> refused -> throw new NodeStartException(refused.refusal());
        };
    }

    /** A table of a sealed edition as the guard reads it. */
    private record SealedTable(EditionReader edition, String name) implements CsvSource {
        @Override
        public InputStream open() throws IOException {
            return switch (edition.open(name)) {
                case StoreResult.Ok<InputStream> ok -> ok.value();
                case StoreResult.Refused<InputStream> refused ->
                    throw new IOException(refused.refusal().messageEn());
            };
        }
    }

    @Override
    public void close() throws IOException {
        served.forEach(zone -> zone.data().close());
        for (AnswerJournal journal : journals) {
            journal.close();
        }
    }
}
