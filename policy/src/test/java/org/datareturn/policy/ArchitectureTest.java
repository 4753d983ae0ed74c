package org.datareturn.policy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The walls around policy. */
@AnalyzeClasses(packages = "org.datareturn.policy", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule KNOWS_NO_FRAMEWORK = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.quarkus..",
                    "jakarta..",
                    "io.grpc..",
                    "org.apache.calcite..",
                    "org.apache.arrow..",
                    "org.datareturn.proto..",
                    "org.datareturn.guard..",
                    "org.datareturn.verifier..");

    @ArchTest
    static final ArchRule ONE_CLASS_KNOWS_THE_WASM_SDK = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("org.datareturn.policy.opa.PolicyInstances")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.styra..", "com.dylibso..");

    @ArchTest
    static final ArchRule VOCABULARY_KNOWS_NO_ENGINE = noClasses()
            .that()
            .resideInAPackage("org.datareturn.policy")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.datareturn.policy.opa..", "com.fasterxml..");

    @ArchTest
    static final ArchRule ONLY_THE_AUTHORISER_MINTS_AUTHORISED_CALLS = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("org.datareturn.policy.Authoriser")
            .should()
            .callConstructor(AuthorisedCall.class, PolicyInput.class, Decision.Allow.class);
}
