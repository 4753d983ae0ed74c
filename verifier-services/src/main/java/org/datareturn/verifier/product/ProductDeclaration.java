package org.datareturn.verifier.product;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.datareturn.policy.Obligations.AnswerForm;
import org.datareturn.verifier.normalise.Normalisation;
import org.datareturn.verifier.registry.RegistrySchema;

/**
 * A verification product as declared: what it asks, which registry answers and how much it may tell. The format is
 * described in {@code docs/products.md}. Made by {@link #parse} only, so that every instance is consistent. Immutable.
 */
public final class ProductDeclaration {
    private final String name;
    private final Text title;
    private final String registry;
    private final List<ProductField> fields;
    private final List<AnswerForm> answers;
    private final Set<String> grantFields;
    private final Text provider;
    private final Duration requeryInterval;
    private final List<RegistrySchema.Column> facts;
    private final List<Condition> conditions;
    private final Map<String, String> mirrored;
    private final YesWhen yesWhen;
    // Looked at for every request, so found out once.
    private final Map<ProductField.Role, List<ProductField>> byRole;
    private final Set<String> fieldNames;
    private final boolean asksForName;

    /** When the answer is yes. */
    public enum YesWhen {
        /** There is a record, it agrees and every condition holds. */
        PRESENT,
        /** There is no record of the subject: the registry is a list nobody wants to be on. */
        ABSENT
    }

    /** What only some products declare. */
    record Particulars(
            Duration requeryInterval,
            List<RegistrySchema.Column> facts,
            List<Condition> conditions,
            Map<String, String> mirrored,
            YesWhen yesWhen) {}

    ProductDeclaration(
            String name,
            Text title,
            String registry,
            List<ProductField> fields,
            List<AnswerForm> answers,
            Set<String> grantFields,
            Text provider,
            Particulars particulars) {
        this.name = name;
        this.title = title;
        this.registry = registry;
        this.fields = List.copyOf(fields);
        this.answers = List.copyOf(answers);
        this.grantFields = Set.copyOf(grantFields);
        this.provider = provider;
        this.requeryInterval = particulars.requeryInterval();
        this.facts = List.copyOf(particulars.facts());
        this.conditions = List.copyOf(particulars.conditions());
        this.mirrored = Map.copyOf(particulars.mirrored());
        this.yesWhen = particulars.yesWhen();
        this.byRole = this.fields.stream().collect(Collectors.groupingBy(ProductField::role));
        this.fieldNames = this.fields.stream().map(ProductField::name).collect(Collectors.toUnmodifiableSet());
        this.asksForName = this.fields.stream().anyMatch(f -> f.normalisation() == Normalisation.PERSON_NAME);
        if (of(ProductField.Role.SUBJECT).isEmpty()) {
            throw new IllegalArgumentException("a declaration has a subject field");
        }
    }

    /**
     * What a model asks its callers for: subject and matching fields as a product has them, so that requests are brought
     * into normal form and held to the limits against probing in the same way.
     *
     * @param fields exactly one of role subject and at least one of role match
     * @param grantFields every request field among them
     */
    public static ProductDeclaration ofModel(
            String name,
            Text title,
            String table,
            List<ProductField> fields,
            Set<String> grantFields,
            Text provider,
            Duration requeryInterval) {
        boolean fits = fields.stream()
                                .filter(f -> f.role() == ProductField.Role.SUBJECT)
                                .count()
                        == 1
                && fields.stream().anyMatch(f -> f.role() == ProductField.Role.MATCH)
                && fields.stream().map(ProductField::name).allMatch(grantFields::contains);
        if (!fits) {
            throw new IllegalArgumentException("a model is asked by one subject and what must agree with it");
        }
        return new ProductDeclaration(
                name,
                title,
                table,
                fields,
                List.of(AnswerForm.YES_NO),
                grantFields,
                provider,
                new Particulars(requeryInterval, List.of(), List.of(), Map.of(), YesWhen.PRESENT));
    }

    /**
     * Reads a declaration.
     *
     * @param yaml the text
     * @param origin what to call the text in messages, such as its file name
     * @throws ProductDeclarationException listing everything that is wrong with it, each with its path
     */
    public static ProductDeclaration parse(String yaml, String origin) throws ProductDeclarationException {
        return new DeclarationReader(origin).read(yaml);
    }

    /**
     * Reads a declaration's file.
     *
     * @throws ProductDeclarationException listing everything that is wrong with it, each with its path
     * @throws IOException when the file cannot be read as UTF-8
     */
    public static ProductDeclaration read(Path file) throws ProductDeclarationException, IOException {
        return parse(Files.readString(file), file.toString());
    }

    /** The product's name, {@code [a-z0-9-]+}. */
    public String name() {
        return name;
    }

    /** What people call it. */
    public Text title() {
        return title;
    }

    /** Name of the registry that answers it. */
    public String registry() {
        return registry;
    }

    /** The request's fields, all of them required, in the order declared. */
    public List<ProductField> fields() {
        return fields;
    }

    /** Names of the request's fields. */
    public Set<String> fieldNames() {
        return fieldNames;
    }

    /** The field that names who is asked about. */
    public ProductField subject() {
        return of(ProductField.Role.SUBJECT).getFirst();
    }

    /** The fields that name, together with the subject, the record, in the order declared. */
    public List<ProductField> keys() {
        return of(ProductField.Role.KEY);
    }

    /** The fields that must agree with the registry, in the order declared. */
    public List<ProductField> matches() {
        return of(ProductField.Role.MATCH);
    }

    /** The fields of one role, in the order declared. */
    public List<ProductField> of(ProductField.Role role) {
        return byRole.getOrDefault(role, List.of());
    }

    /** Whether a person's name is among what it asks for; without one, a record alone identifies somebody. */
    public boolean asksForName() {
        return asksForName;
    }

    /** What must hold beside agreement, in the order declared. */
    public List<Condition> conditions() {
        return conditions;
    }

    /** When the answer is yes. */
    public YesWhen yesWhen() {
        return yesWhen;
    }

    /** The answers it may give, least first. */
    public List<AnswerForm> answers() {
        return answers;
    }

    /** Fields a grant must cover for this product to be called under it; every request field is among them. */
    public Set<String> grantFields() {
        return grantFields;
    }

    /** Who provides the data behind it (SD-O 17). */
    public Text provider() {
        return provider;
    }

    /** How long the same question may not be asked again under one grant; zero for products whose answers do not change. */
    public Duration requeryInterval() {
        return requeryInterval;
    }

    /** The shape its registry must have. */
    public RegistrySchema schema() {
        return new RegistrySchema(
                registry,
                column(subject()),
                keys().stream().map(ProductDeclaration::column).toList(),
                matches().stream().map(ProductDeclaration::column).toList(),
                facts,
                mirrored);
    }

    private static RegistrySchema.Column column(ProductField field) {
        return new RegistrySchema.Column(field.name(), field.normalisation());
    }

    /** The answer a caller gets: what the policy allows, but never more than the product may tell. */
    public AnswerForm atMost(AnswerForm allowed) {
        return Optional.of(allowed).filter(answers::contains).orElse(AnswerForm.YES_NO);
    }
}
