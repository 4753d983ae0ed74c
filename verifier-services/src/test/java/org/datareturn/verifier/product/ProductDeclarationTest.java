package org.datareturn.verifier.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.datareturn.policy.Obligations.AnswerForm;
import org.datareturn.verifier.normalise.Normalisation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProductDeclarationTest {
    private static final String GOOD = """
            product: enterprise-name
            title: { zh: 企业名称核验, en: Enterprise name }
            registry: enterprises
            fields:
              credit_code: { role: subject, normalisation: credit-code }
              holder: { role: match, normalisation: person-name }
            answers: [yes-no]
            grant_fields: [credit_code, holder, status]
            source: { provider: { zh: 市场监管局, en: Market regulation } }
            """;

    @Test
    void readsWhatADeclarationSays() throws Exception {
        ProductDeclaration product = ProductDeclaration.parse(GOOD, "test");
        assertThat(product.name()).isEqualTo("enterprise-name");
        assertThat(product.title()).isEqualTo(new Text("企业名称核验", "Enterprise name"));
        assertThat(product.subject())
                .isEqualTo(new ProductField("credit_code", ProductField.Role.SUBJECT, Normalisation.CREDIT_CODE));
        assertThat(product.matches())
                .containsExactly(new ProductField("holder", ProductField.Role.MATCH, Normalisation.PERSON_NAME));
        assertThat(product.grantFields()).containsExactlyInAnyOrder("credit_code", "holder", "status");
        assertThat(product.provider().zh()).isEqualTo("市场监管局");
        assertThat(product.schema().canonical()).isEqualTo("enterprises|credit_code:credit-code|holder:person-name");
    }

    @Test
    void neverTellsMoreThanProductAndPolicyBothAllow() throws Exception {
        ProductDeclaration least = ProductDeclaration.parse(GOOD, "test");
        ProductDeclaration more = ProductDeclaration.parse(GOOD.replace("[yes-no]", "[yes-no, reasoned]"), "test");
        assertThat(least.atMost(AnswerForm.REASONED)).isEqualTo(AnswerForm.YES_NO);
        assertThat(more.atMost(AnswerForm.REASONED)).isEqualTo(AnswerForm.REASONED);
        assertThat(more.atMost(AnswerForm.YES_NO)).isEqualTo(AnswerForm.YES_NO);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "product: enterprise-name | product: Enterprise_Name | product",
                "product: enterprise-name | product: [a] | product",
                "product: enterprise-name | \"\" | product",
                "registry: enterprises | registry: 7 | registry",
                "registry: enterprises | registry: ../etc | registry",
                "en: Enterprise name | fr: Entreprise | title.fr",
                "en: Enterprise name | fr: Entreprise | title.en",
                "role: subject | role: owner | fields.credit_code.role",
                "role: subject | role: match | fields",
                "role: match | role: subject | fields",
                "normalisation: credit-code | normalisation: upper | fields.credit_code.normalisation",
                "normalisation: credit-code | normalisation: credit-code, weight: 3 | fields.credit_code.weight",
                "holder: | Holder-Name: | fields.Holder-Name",
                "answers: [yes-no] | answers: [reasoned] | answers",
                "answers: [yes-no] | answers: [yes-no, value] | answers",
                "answers: [yes-no] | answers: [yes-no, yes-no] | answers",
                "answers: [yes-no] | answers: yes-no | answers",
                "answers: [yes-no] | threshold: 3 | threshold",
                "grant_fields: [credit_code, holder, status] | grant_fields: [credit_code] | grant_fields",
                "source: { provider: | source: { owner: x, provider: | source.owner"
            })
    void refusesNamingThePath(String from, String to, String path) {
        String yaml = GOOD.replace(from, to);
        assertThat(yaml).isNotEqualTo(GOOD);
        assertThat(problems(yaml))
                .extracting(ProductDeclarationException.Problem::path)
                .contains(path);
    }

    @Test
    void saysEverythingThatIsWrongAtOnce() {
        assertThat(problems("product: X\nspeed: fast\n"))
                .extracting(ProductDeclarationException.Problem::path)
                .contains("product", "speed", "title", "registry", "fields", "answers", "grant_fields", "source");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\"",
                "- a",
                "\"product: a\nproduct: b\"",
                "{",
                "\"a: 1\n---\nb: 2\"",
                "text",
                "\"a: &x 1\nb: *x\""
            })
    void refusesWhatIsNoDeclarationAtAll(String yaml) {
        assertThat(problems(yaml)).isNotEmpty();
    }

    @Test
    void packsTheStandardProductsAsTheyStandInTheProject() throws IOException, ProductDeclarationException {
        Path sources = Path.of("products");
        assertThat(Products.standard().all())
                .extracting(ProductDeclaration::name)
                .startsWith("identity-check")
                .hasSize(10);
        try (var files = Files.list(sources)) {
            for (Path file : files.toList()) {
                ProductDeclaration declared = ProductDeclaration.read(file);
                assertThat(file).hasFileName(declared.name() + ".yaml");
                assertThat(Products.standard().named(declared.name()))
                        .hasValueSatisfying(
                                packed -> assertThat(packed.schema()).isEqualTo(declared.schema()));
            }
        }
    }

    @Test
    void refusesTwoProductsOfOneName() throws Exception {
        ProductDeclaration product = ProductDeclaration.parse(GOOD, "test");
        assertThatThrownBy(() -> Products.of(List.of(product, product))).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<ProductDeclarationException.Problem> problems(String yaml) {
        ProductDeclarationException thrown =
                catchThrowableOfType(ProductDeclarationException.class, () -> ProductDeclaration.parse(yaml, "test"));
        assertThat(thrown).isNotNull().hasMessageStartingWith("test: ");
        return thrown.problems();
    }
}
