package org.datareturn.sandbox.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.datareturn.sandbox.control.ControlFixture.IDENTITY_CHECK;
import static org.datareturn.sandbox.control.ControlFixture.MARRIAGE;
import static org.datareturn.sandbox.control.ControlFixture.POPULATION;

import java.util.List;
import org.datareturn.sandbox.catalogue.Resource.Library;
import org.datareturn.sandbox.catalogue.Resource.Sharing;
import org.datareturn.sandbox.control.ControlDatabase.Engine;
import org.datareturn.sandbox.control.ControlFixture;
import org.datareturn.sandbox.identity.DevelopmentIdentities;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Engine.class)
class ResourceCatalogueTest {
    private final ControlFixture node;

    ResourceCatalogueTest(Engine engine) {
        this.node = new ControlFixture(engine);
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void listsWhatWasRegistered() {
        assertThat(node.catalogue().list())
                .containsExactly(
                        new CatalogueEntry(IDENTITY_CHECK, 1),
                        new CatalogueEntry(MARRIAGE, 1),
                        new CatalogueEntry(POPULATION, 1));
        assertThat(node.catalogue().find(Resource.Kind.ZONE, "identity-check")).isEmpty();
    }

    @Test
    void countsChangesAndNotRepetitions() {
        assertThat(node.catalogue().register(POPULATION).version()).isEqualTo(1);
        Resource widened = changed(Library.BASE, POPULATION.contentAuthority(), "person.age", "person.income");
        assertThat(node.catalogue().register(widened)).isEqualTo(new CatalogueEntry(widened, 2));
        assertThat(node.catalogue().register(widened).version()).isEqualTo(2);
        assertThat(node.catalogue().find(Resource.Kind.ZONE, "population")).contains(new CatalogueEntry(widened, 2));
    }

    @Test
    void neverWidensALiveGrantWithAChangedEntry() {
        var grant = node.granted();
        node.catalogue().register(changed(Library.BASE, POPULATION.contentAuthority(), "person.age", "person.income"));
        assertThat(ControlFixture.found(node.grants().find(grant.id()))).isEqualTo(grant);
    }

    @Test
    void refusesAnAuthorityOfTheWrongKindOrOneNobodyKnows() {
        for (Resource wrong : List.of(
                changed(Library.OTHER, DevelopmentIdentities.PROVINCIAL_DATA_AUTHORITY.code(), "person.age"),
                changed(Library.BASE, DevelopmentIdentities.PROVINCIAL_CIVIL_AFFAIRS.code(), "person.age"),
                changed(Library.BASE, DevelopmentIdentities.COUNTY_CIVIL_AFFAIRS.code(), "person.age"),
                changed(Library.BASE, "91350100M000100Y43", "person.age"))) {
            assertThatThrownBy(() -> node.catalogue().register(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("population");
        }
    }

    private static Resource changed(Library library, String authority, String... fields) {
        return new Resource(
                "population",
                Resource.Kind.ZONE,
                "人口库",
                "Population",
                POPULATION.provider(),
                library,
                authority,
                Sharing.CONDITIONAL,
                "",
                Resource.Grade.LEVEL_3,
                List.of(fields).stream()
                        .map(field -> new Resource.Field(field, field))
                        .toList());
    }
}
