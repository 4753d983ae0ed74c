package org.datareturn.sandbox.node;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.datareturn.guard.AnswerMemory;
import org.datareturn.guard.DataZone;
import org.datareturn.guard.EngineLimits;
import org.datareturn.guard.Engines;
import org.datareturn.guard.ZoneSecret;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.declaration.DeclarationException;
import org.datareturn.guard.declaration.DeclarationReader;
import org.datareturn.guard.declaration.ZoneDeclaration;
import org.datareturn.guard.load.CsvSource;
import org.datareturn.guard.load.LoadException;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.catalogue.CatalogueReason;
import org.datareturn.sandbox.catalogue.Resource;
import org.datareturn.sandbox.catalogue.UnfitResourceException;
import org.datareturn.sandbox.identity.CreditCode;
import org.datareturn.sandbox.keys.DurableFiles;
import org.datareturn.sandbox.model.FeatureOrigin;
import org.datareturn.sandbox.zone.Digests;
import org.datareturn.sandbox.zone.store.EditionManifest;
import org.datareturn.sandbox.zone.store.EditionSource;
import org.datareturn.sandbox.zone.store.StoreResult;
import org.datareturn.verifier.product.ProductDeclaration;
import org.datareturn.verifier.registry.Edition;
import org.datareturn.verifier.registry.FolderLock;
import org.datareturn.verifier.registry.LoadProgress;
import org.datareturn.verifier.registry.LoadReport;
import org.datareturn.verifier.registry.RegistryStore;
import org.datareturn.verifier.registry.RowPolicy;
import org.datareturn.verifier.registry.RowSource;

/**
 * Brings data into a node that is not serving: registries as keyed tokens, zones as sealed files. Each is recorded. For
 * registries of a node that serves see {@link BesideLoading}.
 */
public final class DataLoading {
    private final NodeStores stores;
    private final Clock clock;
    private final LoadEvents events;

    /** Loads into a node's folders. */
    public DataLoading(NodeStores stores, Clock clock) {
        this.stores = stores;
        this.clock = clock;
        this.events = new LoadEvents(stores, clock);
    }

    /**
     * Whose data they are, and who reviews applications for them.
     *
     * @param provider credit code of the providing organisation, as registered
     * @param library whether they belong to a base library
     * @param contentAuthority credit code of the authority that reviews the content of applications
     * @param acquired when the provider's data were acquired
     */
    public record Origin(String provider, Resource.Library library, String contentAuthority, LocalDate acquired) {
        /**
         * Holds that organisations could have these codes, which needs no register.
         *
         * @throws UnfitResourceException when none could
         */
        void requireCodes() {
            for (String code : List.of(provider, contentAuthority)) {
                if (!CreditCode.isValid(code)) {
                    throw new UnfitResourceException(CatalogueReason.ORGANISATION_CODE_MALFORMED, code);
                }
            }
        }
    }

    /**
     * What is taken of a source.
     *
     * @param policy what to do about bad rows
     * @param newestBy a column of days that says which of several rows about a subject counts
     */
    public record Taking(RowPolicy policy, Optional<String> newestBy) {
        /** Every row, or nothing. */
        public static Taking strict() {
            return new Taking(RowPolicy.STRICT, Optional.empty());
        }
    }

    /**
     * Loads a product's registry and registers every product it answers in the catalogue. A load that broke off goes on when it is begun
     * again with the same source.
     *
     * @return what the source held, and the edition that answers now; when nothing could be taken over there is none
     * @throws NodeStartException when there is no such product or the result cannot be recorded
     * @throws UnfitResourceException when provider or authority are not registered, or cannot be what they are to be
     * @throws IOException when the source or the store fails, or another load of the registry is under way
     */
    public Loaded registry(String product, RowSource source, Origin origin, Taking taking, LoadProgress progress)
            throws NodeStartException, IOException {
        ProductDeclaration declared = RegistryBuild.product(stores.products(), product);
        origin.requireCodes();
        RegistryStore store =
                Objects.requireNonNull(stores.registries().get(declared.registry()), "a registry for each product");
        for (ProductDeclaration answered : stores.products().ofRegistry(declared.registry())) {
            stores.catalogue().requireFit(LoadEvents.resource(answered, origin));
        }
        // One load of a registry at a time, also of those that began beside a server that has ended since.
        try (FolderLock _ = FolderLock.take(
                RegistryBuild.offers(stores.options(), declared.registry()), "the place for new editions")) {
            new RegistryIntake(stores, clock).take(declared.registry());
            RegistryBuild build = new RegistryBuild(stores.options(), stores.products(), stores.sealedRows(), clock);
            Loaded loaded = build.build(store, source, origin, taking, progress);
            if (loaded.edition().isPresent()) {
                build.forgetRowsBefore(loaded.edition().get());
                events.registry(declared, origin);
            }
            return loaded;
        }
    }

    /**
     * What came of loading a registry.
     *
     * @param report what the source held
     * @param edition the edition that answers now, when one was built
     */
    public record Loaded(LoadReport report, Optional<Edition> edition) {}

    /** Opens a CSV from its beginning. */
    @FunctionalInterface
    public interface Csv {
        /**
         * A fresh stream.
         *
         * @throws IOException when it cannot be read
         */
        InputStream open() throws IOException;
    }

    /**
     * Loads a zone: checks declaration and data by opening the zone once in memory, seals the files, and registers the
     * zone in the catalogue.
     *
     * @throws DeclarationException when the declaration is faulty
     * @throws LoadException when the data do not fit it
     * @throws NodeStartException when the files cannot be kept or the result not be recorded
     * @throws IOException when the file system fails
     */
    public EditionManifest zone(String yaml, Map<String, Csv> tables, Origin origin)
            throws DeclarationException, LoadException, NodeStartException, IOException {
        ZoneDeclaration declaration = DeclarationReader.read(yaml);
        Map<String, CsvSource> sources = new LinkedHashMap<>();
        tables.forEach((name, csv) -> sources.put(name, new NamedCsv(name, csv)));
        // Opened once before anything is kept: what does not load now would not load at the next start either.
        DataZone.open(
                        declaration,
                        sources,
                        AnswerMemory.inProcess(),
                        Engines.of(EngineLimits.standard(), stores.options().engines()),
                        ZoneSecret.fresh(),
                        clock)
                .close();
        Path file = ZoneShelf.declarationFile(stores.options(), declaration.zone());
        DurableFiles.makeFolder(ZoneShelf.declarations(stores.options()));
        EditionManifest manifest = ok(stores.zoneFiles()
                .write(new EditionSource(
                        declaration.zone(),
                        origin.provider(),
                        origin.acquired(),
                        Digests.sha256(yaml.getBytes(StandardCharsets.UTF_8)),
                        tables.entrySet().stream()
                                .map(table -> new EditionSource.Table(table.getKey(), table.getValue()::open))
                                .toList())));
        DurableFiles.write(file, yaml.getBytes(StandardCharsets.UTF_8));
        stores.catalogue()
                .register(LoadEvents.resource(
                        declaration.zone(),
                        Resource.Kind.ZONE,
                        declaration.title(),
                        declaration.title(),
                        origin,
                        fields(declaration)));
        events.record(declaration.zone(), "ZONE_LOADED", origin);
        return manifest;
    }

    /**
     * Seals a feature table for models.
     *
     * @throws NodeStartException when the result cannot be recorded
     * @throws IllegalArgumentException when no table can have that name, or provider or authority are not registered
     * @throws IOException when the file cannot be read or kept
     */
    public void features(String table, Csv csv, Origin origin) throws NodeStartException, IOException {
        for (String code : List.of(origin.provider(), origin.contentAuthority())) {
            if (stores.register().organisation(code).isEmpty()) {
                throw new UnfitResourceException(CatalogueReason.ORGANISATION_NOT_REGISTERED, code, table);
            }
        }
        try (InputStream in = csv.open()) {
            stores.features()
                    .seal(
                            table,
                            new FeatureOrigin(
                                    origin.provider(), origin.library(), origin.contentAuthority(), origin.acquired()),
                            in);
        }
        events.record(table, "FEATURES_LOADED", origin);
    }

    private static EditionManifest ok(StoreResult<EditionManifest> result) throws NodeStartException {
        return switch (result) {
            case StoreResult.Ok<EditionManifest>(EditionManifest manifest) -> manifest;
            case StoreResult.Refused<EditionManifest>(Refusal refusal) -> throw new NodeStartException(refusal);
        };
    }

    private record NamedCsv(String name, Csv csv) implements CsvSource {
        @Override
        public InputStream open() throws IOException {
            return csv.open();
        }
    }

    /** What can be asked for in a zone: every column that exists for an analyst. */
    private static List<String> fields(ZoneDeclaration declaration) {
        return declaration.tables().stream()
                .flatMap(table -> table.columns().stream()
                        .filter(column -> !column.hidden())
                        .map(ColumnDeclaration::name)
                        .map(column -> table.name() + "." + column))
                .toList();
    }
}
