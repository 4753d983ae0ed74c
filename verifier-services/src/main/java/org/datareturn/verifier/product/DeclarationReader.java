package org.datareturn.verifier.product;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.datareturn.policy.Obligations.AnswerForm;
import org.datareturn.verifier.normalise.Normalisation;
import org.datareturn.verifier.product.ProductDeclarationException.Problem;
import org.datareturn.verifier.registry.RegistrySchema;
import org.datareturn.verifier.tokens.SealedFacts;

/**
 * Reads one declaration strictly: every key known and present once, every value of its type, and gathers all that is
 * wrong before giving up. Used once, by one thread.
 */
final class DeclarationReader {
    private static final ObjectReader YAML = new YAMLMapper()
            .readerFor(JsonNode.class)
            .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern FIELD_NAME = Pattern.compile("[a-z][a-z0-9_]*");
    private static final int MAX_TEXT_LENGTH = 200;
    private static final Duration MAX_REQUERY_INTERVAL = Duration.ofDays(366);

    private final String origin;
    private final List<Problem> problems = new ArrayList<>();

    DeclarationReader(String origin) {
        this.origin = origin;
    }

    ProductDeclaration read(String yaml) throws ProductDeclarationException {
        JsonNode root = tree(yaml);
        keys(
                root,
                "",
                "product",
                "title",
                "registry",
                "fields",
                "answers",
                "grant_fields",
                "requery_interval",
                "facts",
                "conditions",
                "mirrored",
                "yes_when",
                "source");
        String name = matching(root, "product", NAME);
        Text title = text(root.path("title"), "title");
        String registry = matching(root, "registry", NAME);
        List<ProductField> fields = fields(root.path("fields"));
        List<AnswerForm> answers = answers(root.path("answers"));
        Set<String> grantFields = grantFields(root.path("grant_fields"), fields);
        ProductDeclaration.Particulars particulars = particulars(root, fields);
        JsonNode source = root.path("source");
        keys(source, "source", "provider");
        Text provider = text(source.path("provider"), "source.provider");
        if (!problems.isEmpty()) {
            throw new ProductDeclarationException(origin, problems);
        }
        return new ProductDeclaration(name, title, registry, fields, answers, grantFields, provider, particulars);
    }

    private JsonNode tree(String yaml) throws ProductDeclarationException {
        try {
            return YAML.readTree(yaml);
        } catch (JsonProcessingException e) {
            String where = Optional.ofNullable(e.getLocation())
                    .map(l -> "line " + l.getLineNr() + ", column " + l.getColumnNr() + ": ")
                    .orElse("");
            throw new ProductDeclarationException(
                    origin, List.of(new Problem("", where + "not YAML as it must be: " + e.getOriginalMessage())));
        }
    }

    private List<ProductField> fields(JsonNode node) {
        List<ProductField> fields = new ArrayList<>();
        if (!node.isObject()) {
            problem("fields", "must be a mapping of field names");
            return fields;
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String path = "fields." + entry.getKey();
            if (!FIELD_NAME.matcher(entry.getKey()).matches()) {
                problem(path, "a field's name must match " + FIELD_NAME);
            }
            keys(entry.getValue(), path, "role", "normalisation");
            Optional<ProductField.Role> role = role(entry.getValue().path("role"), path + ".role");
            Optional<Normalisation> normalisation =
                    normalisation(entry.getValue().path("normalisation"), path + ".normalisation");
            if (role.isPresent() && normalisation.isPresent()) {
                fields.add(new ProductField(entry.getKey(), role.get(), normalisation.get()));
            }
        }
        long subjects = fields.stream()
                .filter(f -> f.role() == ProductField.Role.SUBJECT)
                .count();
        if (subjects != 1) {
            problem("fields", "must have exactly one field of role subject, has " + subjects);
        }
        fields.stream()
                .filter(f -> f.role() == ProductField.Role.SUBJECT && !namesOne(f.normalisation()))
                .forEach(f -> problem(
                        "fields." + f.name() + ".normalisation",
                        "a subject must be an id-number, a credit-code or a code: a name, a day or a division is shared by"
                                + " many, and no limit against probing could hold for one of them"
                                + " / 主体字段必须是 id-number、credit-code 或 code：姓名、日期、行政区划为多人共有，无法对其中一人限制试探"));
        return fields;
    }

    private static boolean namesOne(Normalisation normalisation) {
        return switch (normalisation) {
            case ID_NUMBER, CREDIT_CODE, CODE -> true;
            case PERSON_NAME, DATE, REGION -> false;
        };
    }

    private Optional<ProductField.Role> role(JsonNode node, String path) {
        return string(node, path).flatMap(word -> switch (word) {
            case "subject" -> Optional.of(ProductField.Role.SUBJECT);
            case "key" -> Optional.of(ProductField.Role.KEY);
            case "match" -> Optional.of(ProductField.Role.MATCH);
            case "condition" -> Optional.of(ProductField.Role.CONDITION);
            default -> {
                problem(path, "must be subject, key, match or condition, was " + word);
                yield Optional.empty();
            }
        });
    }

    private Optional<Normalisation> normalisation(JsonNode node, String path) {
        return string(node, path).flatMap(word -> {
            Optional<Normalisation> found = Normalisation.named(word);
            if (found.isEmpty()) {
                problem(path, "no such normalisation: " + word);
            }
            return found;
        });
    }

    private List<AnswerForm> answers(JsonNode node) {
        List<AnswerForm> answers = new ArrayList<>();
        for (String word : strings(node, "answers")) {
            switch (word) {
                case "yes-no" -> answers.add(AnswerForm.YES_NO);
                case "reasoned" -> answers.add(AnswerForm.REASONED);
                default -> problem("answers", "must be yes-no or reasoned, was " + word);
            }
        }
        if (answers.isEmpty() || answers.getFirst() != AnswerForm.YES_NO) {
            problem("answers", "must begin with yes-no, the least a product can tell");
        }
        return answers;
    }

    private Set<String> grantFields(JsonNode node, List<ProductField> fields) {
        Set<String> named = new HashSet<>(strings(node, "grant_fields"));
        for (String name : named) {
            if (!FIELD_NAME.matcher(name).matches()) {
                problem("grant_fields", "a field's name must match " + FIELD_NAME + ", was " + name);
            }
        }
        for (ProductField field : fields) {
            if (!named.contains(field.name())) {
                problem("grant_fields", "must name every request field, lacks " + field.name());
            }
        }
        return named;
    }

    private ProductDeclaration.Particulars particulars(JsonNode root, List<ProductField> fields) {
        List<RegistrySchema.Column> facts = facts(root.path("facts"), fields);
        List<Condition> conditions = new ArrayList<>();
        if (!root.path("conditions").isMissingNode()) {
            ConditionReader reader = new ConditionReader(fields, facts, message -> problem("conditions", message));
            strings(root.path("conditions"), "conditions")
                    .forEach(text -> reader.read(text).ifPresent(conditions::add));
        }
        ProductDeclaration.YesWhen yesWhen = switch (root.path("yes_when").isMissingNode()
                ? "present"
                : root.path("yes_when").asText()) {
            case "present" -> ProductDeclaration.YesWhen.PRESENT;
            case "absent" -> ProductDeclaration.YesWhen.ABSENT;
            default -> {
                problem("yes_when", "must be present or absent");
                yield ProductDeclaration.YesWhen.PRESENT;
            }
        };
        boolean matches = fields.stream().anyMatch(f -> f.role() == ProductField.Role.MATCH);
        if (yesWhen == ProductDeclaration.YesWhen.PRESENT && !matches) {
            problem("fields", "must have at least one field of role match");
        }
        if (yesWhen == ProductDeclaration.YesWhen.ABSENT && (matches || !facts.isEmpty() || !conditions.isEmpty())) {
            problem("yes_when", "absent leaves nothing to match and no conditions");
        }
        return new ProductDeclaration.Particulars(
                requeryInterval(root.path("requery_interval")),
                facts,
                conditions,
                mirrored(root.path("mirrored"), fields),
                yesWhen);
    }

    private List<RegistrySchema.Column> facts(JsonNode node, List<ProductField> fields) {
        List<RegistrySchema.Column> facts = new ArrayList<>();
        if (node.isMissingNode()) {
            return facts;
        }
        if (!node.isObject()) {
            problem("facts", "must be a mapping of column names to normalisations");
            return facts;
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String path = "facts." + entry.getKey();
            boolean taken = fields.stream().anyMatch(f -> f.name().equals(entry.getKey()));
            if (taken || !FIELD_NAME.matcher(entry.getKey()).matches()) {
                problem(path, "a fact's name must match " + FIELD_NAME + " and be no field's");
            }
            normalisation(entry.getValue(), path)
                    .filter(n -> {
                        boolean measured = n == Normalisation.DATE || n == Normalisation.REGION;
                        if (!measured) {
                            problem(path, "a fact must be a date or a region");
                        }
                        return measured;
                    })
                    .ifPresent(n -> facts.add(new RegistrySchema.Column(entry.getKey(), n)));
        }
        if (facts.size() > SealedFacts.MOST) {
            problem("facts", "must be at most " + SealedFacts.MOST + ", are " + facts.size());
        }
        return facts;
    }

    /** Both directions of each pair: a row is read from either person's side. */
    private Map<String, String> mirrored(JsonNode node, List<ProductField> fields) {
        Map<String, String> mirrored = new HashMap<>();
        if (node.isMissingNode()) {
            return mirrored;
        }
        if (!node.isObject()) {
            problem("mirrored", "must be a mapping of one person's columns to the other's");
            return mirrored;
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String path = "mirrored." + entry.getKey();
            string(entry.getValue(), path).ifPresent(other -> {
                Optional<Normalisation> one = inRegistry(entry.getKey(), fields);
                if (one.isEmpty() || !one.equals(inRegistry(other, fields)) || other.equals(entry.getKey())) {
                    problem(path, "must name two fields of the registry of one normalisation");
                }
                if (mirrored.put(entry.getKey(), other) != null || mirrored.put(other, entry.getKey()) != null) {
                    problem(path, "names a field twice");
                }
            });
        }
        return mirrored;
    }

    private static Optional<Normalisation> inRegistry(String name, List<ProductField> fields) {
        return fields.stream()
                .filter(f -> f.name().equals(name) && f.role() != ProductField.Role.CONDITION)
                .map(ProductField::normalisation)
                .findFirst();
    }

    /** Most answers do not change from one day to the next. */
    private Duration requeryInterval(JsonNode node) {
        if (node.isMissingNode()) {
            return Duration.ZERO;
        }
        String text = string(node, "requery_interval").orElse("PT0S");
        try {
            Duration interval = Duration.parse(text);
            if (!interval.isNegative() && interval.compareTo(MAX_REQUERY_INTERVAL) <= 0) {
                return interval;
            }
        } catch (DateTimeParseException e) {
            problem("requery_interval", "must be a duration such as PT10M or P1D, was " + text);
            return Duration.ZERO;
        }
        problem("requery_interval", "must be from PT0S to " + MAX_REQUERY_INTERVAL + ", was " + text);
        return Duration.ZERO;
    }

    private Text text(JsonNode node, String path) {
        keys(node, path, "zh", "en");
        return new Text(
                string(node.path("zh"), path + ".zh").orElse(""),
                string(node.path("en"), path + ".en").orElse(""));
    }

    private String matching(JsonNode root, String key, Pattern pattern) {
        String value = string(root.path(key), key).orElse("");
        if (!value.isEmpty() && !pattern.matcher(value).matches()) {
            problem(key, "must match " + pattern + ", was " + value);
        }
        return value;
    }

    private List<String> strings(JsonNode node, String path) {
        List<String> found = new ArrayList<>();
        if (!node.isArray()) {
            problem(path, node.isMissingNode() ? "is missing" : "must be a list");
            return found;
        }
        for (JsonNode item : node) {
            string(item, path).ifPresent(word -> {
                if (found.contains(word)) {
                    problem(path, "names " + word + " twice");
                }
                found.add(word);
            });
        }
        return found;
    }

    private Optional<String> string(JsonNode node, String path) {
        if (node.isMissingNode()) {
            problem(path, "is missing");
        } else if (!node.isTextual()) {
            problem(path, "must be a text, was " + node.getNodeType().name().toLowerCase(Locale.ROOT));
        } else if (node.textValue().isBlank() || node.textValue().length() > MAX_TEXT_LENGTH) {
            problem(path, "must have 1 to " + MAX_TEXT_LENGTH + " characters");
        } else {
            return Optional.of(node.textValue());
        }
        return Optional.empty();
    }

    private void keys(JsonNode node, String path, String... known) {
        if (!node.isObject()) {
            problem(path, node instanceof MissingNode ? "is missing" : "must be a mapping");
            return;
        }
        Set<String> allowed = Set.of(known);
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (!allowed.contains(entry.getKey())) {
                problem(path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(), "no such key");
            }
        }
    }

    private void problem(String path, String message) {
        problems.add(new Problem(path, message));
    }
}
