package org.datareturn.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.text.MessageFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.datareturn.guard.GuardReason;
import org.datareturn.policy.PolicyReason;
import org.datareturn.policy.ReasonCode;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.application.ApplicationReason;
import org.datareturn.sandbox.catalogue.CatalogueReason;
import org.datareturn.sandbox.cli.CliReason;
import org.datareturn.sandbox.control.ControlReason;
import org.datareturn.sandbox.grant.GrantReason;
import org.datareturn.sandbox.identity.IdentityReason;
import org.datareturn.sandbox.keys.KeyReason;
import org.datareturn.sandbox.ledger.LedgerReason;
import org.datareturn.sandbox.model.ModelReason;
import org.datareturn.sandbox.node.NodeReason;
import org.datareturn.sandbox.road.RoadReason;
import org.datareturn.sandbox.template.TemplateReason;
import org.datareturn.sandbox.verification.batch.BatchReason;
import org.datareturn.sandbox.verification.privatecheck.PrivateReason;
import org.datareturn.sandbox.zone.flight.FlightReason;
import org.datareturn.sandbox.zone.store.ZoneStoreReason;
import org.datareturn.verifier.reason.RegistryReason;
import org.datareturn.verifier.reason.VerifierReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every reason the project can give, of every module: one public contract. */
class ReasonCataloguesTest {
    private static final List<Class<? extends ReasonCode>> CATALOGUES = List.of(
            PolicyReason.class,
            GuardReason.class,
            VerifierReason.class,
            RegistryReason.class,
            ApplicationReason.class,
            BatchReason.class,
            CatalogueReason.class,
            CliReason.class,
            ControlReason.class,
            FlightReason.class,
            GrantReason.class,
            IdentityReason.class,
            KeyReason.class,
            LedgerReason.class,
            ModelReason.class,
            NodeReason.class,
            PrivateReason.class,
            RoadReason.class,
            TemplateReason.class,
            ZoneStoreReason.class);

    /** Takes one argument for each language, or says why in one only, so its two templates name different ones. */
    private static final Set<ReasonCode> WITH_AN_ARGUMENT_A_LANGUAGE = Set.of(
            ApplicationReason.APPLICATION_FIELD_MALFORMED,
            CliReason.NODE_REFUSED,
            CliReason.OPTIONS_CONTRADICT,
            CliReason.INPUT_UNUSABLE,
            CliReason.REGISTRY_LOAD_BROKEN_OFF,
            CliReason.REGISTRY_EDITION_REFUSED,
            CliReason.NOT_TRACED,
            NodeReason.EDITION_NOT_READ,
            RoadReason.START_REFUSED);

    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*");
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d+)[^}]*}");
    private static final Pattern LONE_QUOTE = Pattern.compile("(?<!')'(?!')");

    static Stream<ReasonCode> reasons() {
        return CATALOGUES.stream().flatMap(catalogue -> Stream.of(catalogue.getEnumConstants()));
    }

    @Test
    void noCatalogueIsLeftOut() {
        Set<String> found = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.datareturn").stream()
                        .filter(JavaClass::isEnum)
                        .filter(type -> type.isAssignableTo(ReasonCode.class))
                        .map(JavaClass::getName)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(found)
                .isEqualTo(CATALOGUES.stream().map(Class::getName).collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void noTwoCataloguesShareACode() {
        Map<String, String> owners = new HashMap<>();
        reasons().forEach(reason -> {
            String mine = reason.getClass().getSimpleName();
            String other = owners.putIfAbsent(reason.name(), mine);
            assertThat(other)
                    .as("%s of %s is also a code of", reason.name(), mine)
                    .isNull();
        });
        assertThat(owners).hasSizeGreaterThan(100);
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void speaksBothLanguagesAndTheSameArguments(ReasonCode reason) {
        assertThat(reason.name()).matches(CODE);
        assertThat(reason.kind()).isNotNull();
        assertThat(reason.zh()).containsPattern(HAN);
        assertThat(reason.en()).isNotBlank().doesNotContainPattern(HAN);
        for (String template : List.of(reason.zh(), reason.en())) {
            assertThat(new MessageFormat(template, Locale.ROOT).getFormatsByArgumentIndex())
                    .hasSizeLessThan(10);
            assertThat(template)
                    .as("a lone quote hides what follows it from MessageFormat")
                    .doesNotContainPattern(LONE_QUOTE);
        }
        if (!WITH_AN_ARGUMENT_A_LANGUAGE.contains(reason)) {
            assertThat(placeholders(reason.zh())).isEqualTo(placeholders(reason.en()));
        }
        Refusal refusal = Refusal.of(reason, "a0", "a1", "a2", "a3");
        assertThat(refusal.messageZh()).doesNotContain("{").doesNotContain("''");
        assertThat(refusal.messageEn()).doesNotContain("{").doesNotContain("''");
    }

    private static Set<Integer> placeholders(String template) {
        Set<Integer> found = new TreeSet<>();
        Matcher each = PLACEHOLDER.matcher(template);
        while (each.find()) {
            found.add(Integer.valueOf(each.group(1)));
        }
        return found;
    }
}
