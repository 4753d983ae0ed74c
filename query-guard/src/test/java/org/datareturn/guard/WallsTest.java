package org.datareturn.guard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.datareturn.guard", importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {
    @ArchTest
    static final ArchRule CALCITE_STAYS_IN_ONE_ROOM = noClasses()
            .that()
            .resideOutsideOfPackage("org.datareturn.guard.sql")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.calcite..");

    @ArchTest
    static final ArchRule DUCKDB_STAYS_IN_ONE_ROOM = noClasses()
            .that()
            .resideOutsideOfPackage("org.datareturn.guard.engine.duckdb")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.duckdb..");

    @ArchTest
    static final ArchRule POSTGRESQL_STAYS_IN_ONE_ROOM = noClasses()
            .that()
            .resideOutsideOfPackage("org.datareturn.guard.engine.postgresql")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.postgresql..");

    @ArchTest
    static final ArchRule ONLY_TRINO_IS_ASKED_OVER_HTTP = noClasses()
            .that()
            .resideOutsideOfPackage("org.datareturn.guard.engine.trino")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.net.http..");

    @ArchTest
    static final ArchRule THE_GUARD_KNOWS_NO_SERVER = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.datareturn.sandbox..",
                    "org.datareturn.verifier..",
                    "io.quarkus..",
                    "io.grpc..",
                    "jakarta..",
                    "org.apache.arrow..");

    @ArchTest
    static final ArchRule PROOFS_ARE_MINTED_BESIDE_THEIR_MAKERS = constructors()
            .that()
            .areDeclaredInClassesThat()
            .haveFullyQualifiedName("org.datareturn.guard.GuardedQuery")
            .or()
            .areDeclaredInClassesThat()
            .haveFullyQualifiedName("org.datareturn.guard.RawResult")
            .or()
            .areDeclaredInClassesThat()
            .haveFullyQualifiedName("org.datareturn.guard.Released")
            .should()
            .notHaveModifier(JavaModifier.PUBLIC);

    @ArchTest
    static final ArchRule ONLY_DISCLOSURE_CONTROL_RELEASES = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("org.datareturn.guard.DisclosureControl")
            .should()
            .callConstructor(Released.class, Released.Content.class, boolean.class, java.util.Optional.class);

    @ArchTest
    static final ArchRule ONLY_THE_ENGINE_MAKES_RAW_RESULTS = noClasses()
            .that()
            .haveNameNotMatching("org\\.datareturn\\.guard\\.ZoneEngine.*")
            .should()
            .callConstructor(
                    RawResult.class,
                    GuardedQuery.class,
                    java.util.List.class,
                    java.util.List.class,
                    org.roaringbitmap.RoaringBitmap.class,
                    int.class,
                    String.class);

    @ArchTest
    static final ArchRule ONLY_THE_GUARD_LETS_QUERIES_THROUGH = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("org.datareturn.guard.Guard")
            .should()
            .callConstructor(
                    GuardedQuery.class,
                    org.datareturn.policy.AuthorisedCall.class,
                    org.datareturn.guard.plan.CellQuery.class,
                    int.class);
}
