package org.datareturn.sandbox.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.datareturn.sandbox.catalogue.CatalogueEntry;
import org.datareturn.sandbox.catalogue.CatalogueReason;
import org.datareturn.sandbox.catalogue.Resource;
import org.datareturn.sandbox.catalogue.UnfitResourceException;
import org.datareturn.sandbox.identity.DevelopmentIdentities;
import org.datareturn.sandbox.ledger.LedgerReader;
import org.datareturn.sandbox.ledger.LedgerUnavailableException;
import org.datareturn.verifier.product.ProductDeclaration;
import org.datareturn.verifier.registry.CsvSource;
import org.datareturn.verifier.registry.Edition;
import org.datareturn.verifier.registry.Lease;
import org.datareturn.verifier.registry.LoadProgress;
import org.datareturn.verifier.registry.rocks.OfferPlace;
import org.datareturn.verifier.registry.rocks.OfferRefusedException;
import org.datareturn.verifier.registry.rocks.OfferUnansweredException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that serves takes over what is built beside it, with all that hangs on it. */
class RegistryIntakeTest {
    private static final Clock CLOCK = Clock.system(ZoneOffset.ofHours(8));
    private static final String ONE = "11010519491231002X,张三\n";
    private static final String TWO = ONE + "440524188001010014,李四\n";
    private static final OfferPlace.Patience NONE = () -> false;

    @TempDir
    Path folder;

    @Test
    void listsRecordsAndKeepsTheRowsOfWhatItTakesOver()
            throws NodeStartException, IOException, LedgerUnavailableException {
        try (NodeStores stores = NodeStores.open(options(), CLOCK)) {
            new DataLoading(stores, CLOCK)
                    .registry(
                            "identity-check", csv(ONE), origin(1), DataLoading.Taking.strict(), LoadProgress.silent());
            Edition first = edition(stores).orElseThrow();
            assertThat(rows(stores, first)).isEqualTo(1);
            DataLoading.Loaded loaded = beside(TWO, origin(2), taking(stores));
            assertThat(loaded.report().records()).isEqualTo(2);
            assertThat(edition(stores)).isEqualTo(loaded.edition());
            assertThat(edition(stores).orElseThrow().name()).isEqualTo("population/2");
            assertThat(rows(stores, edition(stores).orElseThrow())).isEqualTo(2);
            assertThat(rows(stores, first)).as("rows of the edition before").isZero();
            assertThat(loadsRecorded(stores)).isEqualTo(2);
        }
    }

    @Test
    void listsAProductWhoseRegistryWasMissing() throws NodeStartException, IOException, LedgerUnavailableException {
        try (NodeStores stores = NodeStores.open(options(), CLOCK)) {
            assertThat(listed(stores)).isEmpty();
            beside(ONE, origin(1), taking(stores));
            assertThat(listed(stores)).isPresent();
            assertThat(edition(stores)).isPresent();
        }
    }

    @Test
    void takesOverAfterAKillWhatWasBuiltBefore() throws NodeStartException, IOException, LedgerUnavailableException {
        try (NodeStores stores = NodeStores.open(options(), CLOCK)) {
            beside(ONE, origin(1), taking(stores));
            assertThatThrownBy(() -> beside(TWO, origin(2), NONE)).isInstanceOf(OfferUnansweredException.class);
            Edition first = edition(stores).orElseThrow();
            assertThat(first.number()).isEqualTo(1);
            assertThat(rows(stores, first)).as("private checks go on").isEqualTo(1);
        }
        try (NodeStores stores = NodeStores.open(options(), CLOCK)) {
            assertThat(edition(stores).orElseThrow().number()).isEqualTo(1);
            takeAll(stores);
            assertThat(edition(stores).orElseThrow().number()).isEqualTo(2);
            assertThat(rows(stores, edition(stores).orElseThrow())).isEqualTo(2);
            assertThat(loadsRecorded(stores)).isEqualTo(2);
        }
    }

    @Test
    void takesWhatWaitsBeforeTheNextLoadOfANodeThatDoesNotServe()
            throws NodeStartException, IOException, LedgerUnavailableException {
        NodeStores.open(options(), CLOCK).close();
        assertThatThrownBy(() -> beside(ONE, origin(1), NONE)).isInstanceOf(OfferUnansweredException.class);
        try (NodeStores stores = NodeStores.open(options(), CLOCK)) {
            DataLoading.Loaded next = new DataLoading(stores, CLOCK)
                    .registry(
                            "identity-check", csv(TWO), origin(2), DataLoading.Taking.strict(), LoadProgress.silent());
            assertThat(next.edition().orElseThrow().number()).isEqualTo(2);
            assertThat(loadsRecorded(stores)).isEqualTo(2);
        }
    }

    @Test
    void refusesWhatWasTamperedWithAndRecordsNoLoad()
            throws NodeStartException, IOException, LedgerUnavailableException {
        try (NodeStores stores = NodeStores.open(options(), CLOCK)) {
            beside(ONE, origin(1), taking(stores));
            OfferPlace.Patience tampering = () -> {
                try {
                    tamper();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return taking(stores).lookAgain();
            };
            assertThatThrownBy(() -> beside(TWO, origin(2), tampering))
                    .isInstanceOf(OfferRefusedException.class)
                    .hasMessageContaining("not those that were sealed");
            assertThat(edition(stores).orElseThrow().number()).isEqualTo(1);
            assertThat(rows(stores, edition(stores).orElseThrow())).isEqualTo(1);
            assertThat(loadsRecorded(stores)).isEqualTo(1);
        }
    }

    @Test
    void refusesAProviderThatIsNotRegisteredBeforeAnythingChanges()
            throws NodeStartException, IOException, LedgerUnavailableException {
        DataLoading.Origin unknown = new DataLoading.Origin(
                "91370000000000000L", Resource.Library.OTHER, "91370000000000000L", LocalDate.of(2026, 11, 1));
        try (NodeStores stores = NodeStores.open(options(), CLOCK)) {
            beside(ONE, origin(1), taking(stores));
            assertThatThrownBy(() -> beside(TWO, unknown, taking(stores)))
                    .isInstanceOfSatisfying(OfferRefusedException.class, refused -> {
                        assertThat(refused.code()).isEqualTo("ORGANISATION_NOT_REGISTERED");
                        assertThat(refused.zh()).contains("未在本节点备案").doesNotContain("registered");
                        assertThat(refused.en()).contains("is not registered");
                    });
            assertThatThrownBy(() -> new DataLoading(stores, CLOCK)
                            .registry(
                                    "identity-check",
                                    csv(TWO),
                                    unknown,
                                    DataLoading.Taking.strict(),
                                    LoadProgress.silent()))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(edition(stores).orElseThrow().number()).isEqualTo(1);
            assertThat(loadsRecorded(stores)).isEqualTo(1);
        }
    }

    @Test
    void refusesBeforeBuildingACodeThatNoOrganisationCanHave()
            throws NodeStartException, IOException, LedgerUnavailableException {
        DataLoading.Origin mistyped = new DataLoading.Origin(
                DevelopmentIdentities.PROVINCIAL_PUBLIC_SECURITY.code(),
                Resource.Library.BASE,
                "91370000000000000X",
                LocalDate.of(2026, 11, 1));
        try (NodeStores stores = NodeStores.open(options(), CLOCK)) {
            assertThatThrownBy(() -> beside(ONE, mistyped, taking(stores)))
                    .isInstanceOfSatisfying(
                            UnfitResourceException.class,
                            unfit -> assertThat(unfit.refusal().reason())
                                    .isEqualTo(CatalogueReason.ORGANISATION_CODE_MALFORMED));
            assertThat(folder.resolve("data/registry-loads")).doesNotExist();
            assertThat(loadsRecorded(stores)).isZero();
        }
    }

    private DataLoading.Loaded beside(String rows, DataLoading.Origin origin, OfferPlace.Patience patience)
            throws NodeStartException, IOException {
        return BesideLoading.open(options(), CLOCK)
                .registry(
                        "identity-check",
                        csv(rows),
                        origin,
                        DataLoading.Taking.strict(),
                        LoadProgress.silent(),
                        patience);
    }

    private static void takeAll(NodeStores stores) throws NodeStartException, IOException {
        RegistryIntake intake = new RegistryIntake(stores, CLOCK);
        for (String registry : intake.registries()) {
            intake.take(registry);
        }
    }

    /** The node looks each time somebody waits. */
    private static OfferPlace.Patience taking(NodeStores stores) {
        return () -> {
            try {
                takeAll(stores);
                return true;
            } catch (NodeStartException e) {
                throw new AssertionError(e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    private void tamper() throws IOException {
        try (Stream<Path> files =
                Files.list(folder.resolve("data/registry-loads/offers/population/offer/edition/records"))) {
            Path table = files.filter(file -> file.toString().endsWith(".sst"))
                    .findFirst()
                    .orElseThrow();
            byte[] content = Files.readAllBytes(table);
            content[10] ^= 1;
            Files.write(table, content);
        }
    }

    private static long loadsRecorded(NodeStores stores) throws LedgerUnavailableException {
        LedgerReader reader = stores.ledger().reader();
        long loads = 0;
        for (long index = 0; index < reader.checkpoint().size(); index++) {
            if (reader.at(index).orElseThrow().record().outcome().equals("REGISTRY_LOADED")) {
                loads++;
            }
        }
        return loads;
    }

    private static Optional<CatalogueEntry> listed(NodeStores stores) {
        return stores.catalogue().find(Resource.Kind.PRODUCT, "identity-check");
    }

    private static Optional<Edition> edition(NodeStores stores) {
        return Objects.requireNonNull(stores.registries().get("population"))
                .lease()
                .map(lease -> {
                    try (Lease held = lease) {
                        return held.edition();
                    }
                });
    }

    /** How many rows are kept for private checks of an edition. */
    private static int rows(NodeStores stores, Edition edition) throws NodeStartException {
        ProductDeclaration product = RegistryBuild.product(stores.products(), "identity-check");
        return stores.sealedRows()
                .read(product, edition, entries -> {
                    int count = 0;
                    for (Iterator<?> each = entries; each.hasNext(); each.next()) {
                        count++;
                    }
                    return count;
                })
                .orElse(0);
    }

    private CsvSource csv(String rows) throws IOException {
        Path file = Files.createTempFile(folder, "people", ".csv");
        Files.writeString(file, "id_number,name\n" + rows);
        return CsvSource.of(file);
    }

    private static DataLoading.Origin origin(int day) {
        return new DataLoading.Origin(
                DevelopmentIdentities.PROVINCIAL_PUBLIC_SECURITY.code(),
                Resource.Library.BASE,
                DevelopmentIdentities.PROVINCIAL_DATA_AUTHORITY.code(),
                LocalDate.of(2026, 11, day));
    }

    private NodeOptions options() {
        return NodeOptions.embedded(folder.resolve("data"));
    }
}
