package org.datareturn.sandbox;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.datareturn.guard.Released;
import org.datareturn.policy.AuthorisedCall;
import org.datareturn.policy.Authoriser;
import org.datareturn.sandbox.ledger.Ledger;
import org.datareturn.sandbox.ledger.Recorded;
import org.datareturn.verifier.Checked;
import org.datareturn.verifier.Verifier;

/** The walls between the modules and their rooms: policy ← query-guard, verifier-services ← sandbox-server. */
@AnalyzeClasses(packages = "org.datareturn", importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {
    private static final String PROTO = "org.datareturn.proto..";
    private static final String POLICY = "org.datareturn.policy..";
    private static final String GUARD = "org.datareturn.guard..";
    private static final String VERIFIER = "org.datareturn.verifier..";
    private static final String SANDBOX = "org.datareturn.sandbox..";

    @ArchTest
    static final ArchRule POLICY_KNOWS_NO_OTHER_MODULE = noClasses()
            .that()
            .resideInAPackage(POLICY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(GUARD, VERIFIER, SANDBOX, PROTO);

    @ArchTest
    static final ArchRule THE_GUARD_KNOWS_POLICY_ONLY = noClasses()
            .that()
            .resideInAPackage(GUARD)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(VERIFIER, SANDBOX, PROTO);

    @ArchTest
    static final ArchRule THE_VERIFIER_KNOWS_POLICY_ONLY = noClasses()
            .that()
            .resideInAPackage(VERIFIER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(GUARD, SANDBOX, PROTO);

    @ArchTest
    static final ArchRule CALCITE_STAYS_IN_THE_GUARD = noClasses()
            .that()
            .resideOutsideOfPackage(GUARD)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.calcite..");

    @ArchTest
    static final ArchRule ARROW_STAYS_IN_FLIGHT = noClasses()
            .that()
            .resideOutsideOfPackage("org.datareturn.sandbox..flight..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.arrow..");

    @ArchTest
    static final ArchRule FRAMEWORKS_STAY_IN_ADAPTERS = noClasses()
            .that(not(resideInAnyPackage(PROTO, "..grpc..", "..http..", "..flight..", "..config..", "..cli.."))
                    .and(not(type(Main.class))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus..", "io.grpc..", "jakarta..", "io.smallrye..");

    @ArchTest
    static final ArchRule WIRE_TYPES_STAY_ON_THE_WIRE = noClasses()
            .that(not(resideInAnyPackage(PROTO, "..grpc..", "..cli..")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PROTO);

    @ArchTest
    static final ArchRule SQL_CONNECTIONS_STAY_IN_THEIR_ADAPTERS = noClasses()
            .that(not(resideInAnyPackage(
                    PROTO,
                    "..jdbc..",
                    "org.datareturn.sandbox.cli.demo..",
                    "org.datareturn.sandbox..flight..",
                    "org.datareturn.guard.engine..")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.sql..");

    @ArchTest
    static final ArchRule PROOFS_HAVE_NO_PUBLIC_CONSTRUCTOR = constructors()
            .that()
            .areDeclaredIn(AuthorisedCall.class)
            .or()
            .areDeclaredIn(Checked.class)
            .or()
            .areDeclaredIn(Released.class)
            .or()
            .areDeclaredIn(Recorded.class)
            .should()
            .notHaveModifier(JavaModifier.PUBLIC);

    @ArchTest
    static final ArchRule ONLY_THE_AUTHORISER_AUTHORISES = minted(AuthorisedCall.class, Authoriser.class.getName());

    @ArchTest
    static final ArchRule ONLY_THE_VERIFIER_CHECKS = minted(Checked.class, Verifier.class.getName());

    @ArchTest
    static final ArchRule ONLY_DISCLOSURE_CONTROL_RELEASES =
            minted(Released.class, "org.datareturn.guard.DisclosureControl");

    @ArchTest
    static final ArchRule ONLY_THE_LEDGER_RECORDS = minted(Recorded.class, Ledger.class.getName());

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS = noClasses()
            .that()
            .resideOutsideOfPackage(PROTO)
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Impl");

    @ArchTest
    static final ArchRule PROOFS_ARE_FINAL = classes()
            .that(nameMatching("org\\.datareturn\\.(policy\\.AuthorisedCall|verifier\\.Checked"
                    + "|guard\\.Released|sandbox\\.ledger\\.Recorded)"))
            .should()
            .haveModifier(JavaModifier.FINAL);

    @ArchTest
    static void everyRoomSaysWhatItIsFor(JavaClasses all) {
        List<String> silent = all.stream()
                .filter(not(resideInAnyPackage(PROTO)))
                .map(JavaClass::getPackage)
                .distinct()
                .filter(room -> room.tryGetPackageInfo().isEmpty())
                .map(JavaPackage::getName)
                .sorted()
                .toList();
        assertThat(silent).isEmpty();
    }

    @ArchTest
    static void looksAtEveryModule(JavaClasses all) {
        for (String module : List.of(PROTO, POLICY, GUARD, VERIFIER, SANDBOX)) {
            assertThat(all.stream().filter(resideInAnyPackage(module)))
                    .as(module)
                    .isNotEmpty();
        }
    }

    private static ArchRule minted(Class<?> proof, String minter) {
        return noClasses()
                .that()
                .doNotHaveFullyQualifiedName(minter)
                .should()
                .callConstructorWhere(JavaCall.Predicates.target(HasOwner.Predicates.With.owner(type(proof))));
    }
}
