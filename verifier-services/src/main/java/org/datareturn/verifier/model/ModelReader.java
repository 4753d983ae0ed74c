package org.datareturn.verifier.model;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.datareturn.verifier.normalise.Normalisation;
import org.datareturn.verifier.product.ProductDeclaration;
import org.datareturn.verifier.product.ProductField;
import org.datareturn.verifier.product.Text;

/** Reads a model's declaration, all of it before giving up. Used once, by one thread. */
final class ModelReader {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern COLUMN = Pattern.compile("[a-z][a-z0-9_]{0,39}");
    private static final Pattern LABEL = Pattern.compile("[A-Z][A-Z0-9_]{0,39}");
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}\\.onnx");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern TENSOR = Pattern.compile("[A-Za-z0-9_.:/-]{1,100}");
    private static final int MOST_INPUTS = 64;
    private static final int MOST_VALUES = 100;
    /** So few that an answer tells little of the score. */
    private static final int MOST_BANDS = 10;

    private static final int LEAST_GROUP = 3;
    private static final int MOST_PERSONS = 2_000_000_000;
    private static final Duration LONGEST_INTERVAL = Duration.ofDays(366);

    private final DeclaredNode root;
    private final String sha256;

    ModelReader(DeclaredNode root, String sha256) {
        this.root = root;
        this.sha256 = sha256;
    }

    ModelDeclaration read(String origin) throws ModelDeclarationException {
        root.keys(
                "model",
                "version",
                "title",
                "onnx",
                "features",
                "fields",
                "inputs",
                "bands",
                "min_group_size",
                "requery_interval",
                "source",
                "card");
        String name = root.at("model").text(NAME);
        int version = root.at("version").whole(1, 1_000_000).orElse(1);
        Text title = root.at("title").bilingual();
        OnnxFile onnx = onnx(root.at("onnx"));
        String table = root.at("features").text(NAME);
        List<ProductField> fields = fields(root.at("fields"));
        List<ModelInput> inputs = inputs(root.at("inputs"), fields);
        List<Band> bands = bands(root.at("bands"));
        int minGroupSize =
                root.at("min_group_size").whole(LEAST_GROUP, 1_000_000).orElse(LEAST_GROUP);
        Duration interval = interval(root.at("requery_interval"));
        root.at("source").keys("provider");
        Text provider = root.at("source").at("provider").bilingual();
        ModelCard card = card(root.at("card"));
        if (!root.problems().isEmpty()) {
            throw new ModelDeclarationException(origin, root.problems());
        }
        ProductDeclaration asked = ProductDeclaration.ofModel(
                name, title, table, fields, grantFields(table, fields, inputs), provider, interval);
        return new ModelDeclaration(version, asked, onnx, inputs, bands, minGroupSize, card, sha256);
    }

    /** The request's fields, and each column the model looks at as {@code table.column}, as grants name a zone's columns. */
    private static Set<String> grantFields(String table, List<ProductField> fields, List<ModelInput> inputs) {
        return Stream.concat(
                        fields.stream().map(ProductField::name),
                        inputs.stream().map(input -> table + "." + input.column()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static OnnxFile onnx(DeclaredNode node) {
        node.keys("file", "sha256", "input", "output", "column");
        return new OnnxFile(
                node.at("file").text(FILE),
                node.at("sha256").text(DIGEST),
                node.at("input").text(TENSOR),
                node.at("output").text(TENSOR),
                node.at("column").whole(0, 1000).orElse(0));
    }

    private static List<ProductField> fields(DeclaredNode node) {
        List<ProductField> fields = new ArrayList<>();
        for (String name : node.names()) {
            DeclaredNode field = node.at(name);
            field.keys("role", "normalisation");
            if (!COLUMN.matcher(name).matches()) {
                field.problem("字段名须符合 " + COLUMN, "a field's name must match " + COLUMN);
            }
            Optional<ProductField.Role> role = switch (field.at("role").text()) {
                case "subject" -> Optional.of(ProductField.Role.SUBJECT);
                case "match" -> Optional.of(ProductField.Role.MATCH);
                default -> {
                    field.at("role").problem("必须是 subject 或 match", "must be subject or match");
                    yield Optional.empty();
                }
            };
            Optional<Normalisation> normalisation =
                    Normalisation.named(field.at("normalisation").text());
            if (normalisation.isEmpty()) {
                field.at("normalisation").problem("没有这种规范化", "no such normalisation");
            }
            if (role.isPresent() && normalisation.isPresent()) {
                fields.add(new ProductField(name, role.get(), normalisation.get()));
            }
        }
        if (fields.stream().filter(f -> f.role() == ProductField.Role.SUBJECT).count() != 1
                || fields.stream().noneMatch(f -> f.role() == ProductField.Role.MATCH)) {
            node.problem(
                    "必须恰有一个 subject，且至少有一个 match",
                    "must have exactly one field of role subject and at least one of role match");
        }
        return fields;
    }

    private static List<ModelInput> inputs(DeclaredNode node, List<ProductField> fields) {
        List<ModelInput> inputs = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (DeclaredNode item : node.items(1, MOST_INPUTS)) {
            String type = item.at("type").text();
            boolean listed = type.equals("listed");
            item.keys("name", "column", "type", listed ? "values" : "bounds", listed ? "encoded" : "bounds");
            String name = item.at("name").text(COLUMN);
            String column = item.at("column").text(COLUMN);
            if (!names.add(name)
                    || inputs.stream().anyMatch(input -> input.column().equals(column))) {
                item.problem("名称或列重复", "its name or column is another input's");
            }
            if (fields.stream().anyMatch(field -> field.name().equals(column))) {
                item.at("column")
                        .problem("调用者给出的字段不得作为特征", "a field callers send is no feature: they choose the subject only");
            }
            if (listed) {
                inputs.add(listed(item, name, column));
            } else if (type.equals("number")) {
                List<DeclaredNode> bounds = item.at("bounds").items(2, 2);
                double min = bounds.isEmpty()
                        ? 0
                        : bounds.getFirst().number(-1e15, 1e15).orElse(0);
                double max = bounds.size() < 2
                        ? 0
                        : bounds.get(1).number(-1e15, 1e15).orElse(0);
                if (min >= max) {
                    item.at("bounds").problem("下界必须小于上界", "the lower bound must lie below the upper");
                }
                inputs.add(new ModelInput.Measured(name, column, min, max));
            } else {
                item.at("type").problem("必须是 number 或 listed", "must be number or listed");
            }
        }
        return inputs;
    }

    private static ModelInput listed(DeclaredNode item, String name, String column) {
        List<String> values = item.at("values").items(2, MOST_VALUES).stream()
                .map(DeclaredNode::text)
                .map(String::strip)
                .toList();
        if (new HashSet<>(values).size() != values.size()) {
            item.at("values").problem("取值重复", "names a value twice");
        }
        Optional<ModelInput.Listed.Encoding> encoding =
                ModelInput.Listed.Encoding.named(item.at("encoded").text());
        if (encoding.isEmpty()) {
            item.at("encoded").problem("必须是 one-hot 或 index", "must be one-hot or index");
        }
        return new ModelInput.Listed(name, column, values, encoding.orElse(ModelInput.Listed.Encoding.INDEX));
    }

    private static List<Band> bands(DeclaredNode node) {
        List<Band> bands = new ArrayList<>();
        Set<String> labels = new HashSet<>(Set.of("NO"));
        List<DeclaredNode> items = node.items(2, MOST_BANDS);
        double below = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < items.size(); i++) {
            DeclaredNode item = items.get(i);
            boolean last = i == items.size() - 1;
            item.keys("label", "title", last ? "label" : "upper");
            String label = item.at("label").text(LABEL);
            if (!label.isEmpty() && !labels.add(label)) {
                item.at("label").problem("标签重复，或为 NO", "the label is another band's, or NO");
            }
            OptionalDouble upper =
                    last ? OptionalDouble.empty() : item.at("upper").number(-1e15, 1e15);
            if (upper.isPresent() && upper.getAsDouble() <= below) {
                item.at("upper").problem("上界必须逐档递增", "edges must rise from band to band");
            }
            below = upper.orElse(below);
            bands.add(new Band(label, item.at("title").bilingual(), upper));
        }
        return bands;
    }

    private static Duration interval(DeclaredNode node) {
        try {
            Duration interval = Duration.parse(node.text());
            if (!interval.isNegative() && interval.compareTo(LONGEST_INTERVAL) <= 0) {
                return interval;
            }
        } catch (DateTimeException e) {
            node.problem("必须是时长，如 P1D", "must be a duration such as P1D");
            return Duration.ZERO;
        }
        node.problem("必须在 PT0S 至 " + LONGEST_INTERVAL + " 之间", "must be from PT0S to " + LONGEST_INTERVAL);
        return Duration.ZERO;
    }

    private static ModelCard card(DeclaredNode node) {
        node.keys("purpose", "training_data", "trained_on", "limits", "owner", "quality");
        DeclaredNode quality = node.at("quality");
        quality.keys("threshold", "groups");
        List<ModelCard.GroupQuality> groups = new ArrayList<>();
        for (DeclaredNode item : quality.at("groups").items(2, MOST_VALUES)) {
            item.keys("group", "persons", "accuracy", "selected", "found");
            groups.add(new ModelCard.GroupQuality(
                    item.at("group").text(),
                    item.at("persons").whole(1, MOST_PERSONS).orElse(1),
                    item.at("accuracy").number(0, 1).orElse(0),
                    item.at("selected").number(0, 1).orElse(0),
                    item.at("found").number(0, 1).orElse(0)));
        }
        if (groups.stream().filter(g -> g.group().equals(ModelCard.EVERYBODY)).count() != 1) {
            quality.at("groups")
                    .problem(
                            "必须恰有一项 all（全体）", "must have exactly one entry of everybody, named " + ModelCard.EVERYBODY);
        }
        return new ModelCard(
                node.at("purpose").bilingual(),
                node.at("training_data").bilingual(),
                day(node.at("trained_on")),
                node.at("limits").bilingual(),
                node.at("owner").bilingual(),
                quality.at("threshold").number(-1e15, 1e15).orElse(0),
                groups);
    }

    private static LocalDate day(DeclaredNode node) {
        try {
            return LocalDate.parse(node.text());
        } catch (DateTimeException e) {
            node.problem("必须是日期，如 2026-11-21", "must be a day such as 2026-11-21");
            return LocalDate.EPOCH;
        }
    }
}
