package org.datareturn.verifier;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.datareturn.verifier.model.AssessedModel;
import org.datareturn.verifier.model.Scored;

@AnalyzeClasses(packages = "org.datareturn.verifier", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule standsOnItsOwn = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.quarkus..",
                    "io.grpc..",
                    "jakarta..",
                    "org.apache.calcite..",
                    "org.apache.arrow..",
                    "com.google.protobuf..",
                    "org.datareturn.proto..",
                    "org.datareturn.guard..",
                    "org.datareturn.sandbox..");

    @ArchTest
    static final ArchRule keepsRocksDbInItsRoom = noClasses()
            .that()
            .resideOutsideOfPackage("org.datareturn.verifier.registry.rocks")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.rocksdb..");

    @ArchTest
    static final ArchRule keepsKeysInTheirRoom = noClasses()
            .that()
            .resideOutsideOfPackage("org.datareturn.verifier.tokens")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.google.crypto.tink..");

    @ArchTest
    static final ArchRule keepsCiphersWhereKeysAre = noClasses()
            .that()
            .resideOutsideOfPackages("org.datareturn.verifier.tokens", "org.datareturn.verifier.privatecheck")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javax.crypto..");

    @ArchTest
    static final ArchRule keepsCurvesInTheirRoom = noClasses()
            .that()
            .resideOutsideOfPackage("org.datareturn.verifier.oprf")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.bouncycastle..");

    @ArchTest
    static final ArchRule keepsTheModelRuntimeInOneClass = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("org.datareturn.verifier.model.ModelScorer")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ai.onnxruntime..");

    @ArchTest
    static final ArchRule onlyTheBandScorerMintsBands = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("org.datareturn.verifier.model.BandScorer")
            .should()
            .callConstructorWhere(JavaCall.Predicates.target(
                    HasOwner.Predicates.With.owner(JavaClass.Predicates.type(Scored.class))));

    @ArchTest
    static final ArchRule onlyTheAssessorMintsAssessedModels = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("org.datareturn.verifier.model.ModelAssessor")
            .should()
            .callConstructorWhere(JavaCall.Predicates.target(
                    HasOwner.Predicates.With.owner(JavaClass.Predicates.type(AssessedModel.class))));

    @ArchTest
    static final ArchRule roomsFormNoCircle =
            slices().matching("org.datareturn.verifier.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheVerifierMintsAnswers = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("org.datareturn.verifier.Verifier")
            .should()
            .callConstructorWhere(JavaCall.Predicates.target(
                    HasOwner.Predicates.With.owner(JavaClass.Predicates.type(Checked.class))));
}
