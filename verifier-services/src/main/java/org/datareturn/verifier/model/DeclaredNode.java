package org.datareturn.verifier.model;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.datareturn.verifier.model.ModelDeclarationException.Problem;
import org.datareturn.verifier.product.Text;

/**
 * A place in a declaration, read strictly: what is missing, unknown or of another kind becomes a problem of the whole text,
 * and reading goes on. For one thread.
 */
final class DeclaredNode {
    private static final ObjectReader YAML = new YAMLMapper()
            .readerFor(JsonNode.class)
            .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final int MAX_TEXT_LENGTH = 2000;

    private final JsonNode json;
    private final String path;
    private final Map<String, Integer> lines;
    private final List<Problem> problems;

    private DeclaredNode(JsonNode json, String path, Map<String, Integer> lines, List<Problem> problems) {
        this.json = json;
        this.path = path;
        this.lines = lines;
        this.problems = problems;
    }

    /** The root of a text. */
    static DeclaredNode parse(String yaml, String origin) throws ModelDeclarationException {
        try {
            JsonNode root = YAML.readTree(yaml);
            return new DeclaredNode(root, "", lines(yaml), new ArrayList<>());
        } catch (JsonProcessingException e) {
            int line = Optional.ofNullable(e.getLocation())
                    .map(location -> location.getLineNr())
                    .orElse(1);
            throw new ModelDeclarationException(
                    origin,
                    List.of(new Problem(
                            line, "", "不是符合要求的 YAML", "not YAML as it must be: " + e.getOriginalMessage())));
        } catch (IOException e) {
            throw new IllegalStateException("reading from a text does no input", e);
        }
    }

    /** On which line each place of the text begins. */
    private static Map<String, Integer> lines(String yaml) throws IOException {
        Map<String, Integer> lines = new HashMap<>();
        try (JsonParser tokens = new YAMLFactory().createParser(yaml)) {
            while (tokens.nextToken() != null) {
                lines.putIfAbsent(
                        tokens.getParsingContext().pathAsPointer().toString(),
                        tokens.currentTokenLocation().getLineNr());
            }
        }
        return lines;
    }

    /** Everything that was wrong so far. */
    List<Problem> problems() {
        return List.copyOf(problems);
    }

    boolean isMissing() {
        return json.isMissingNode();
    }

    DeclaredNode at(String key) {
        return new DeclaredNode(json.path(key), path + "/" + key, lines, problems);
    }

    /** Holds a mapping to its known keys. */
    void keys(String... known) {
        if (!json.isObject()) {
            problem(json.isMissingNode() ? "缺失" : "必须是映射", json.isMissingNode() ? "is missing" : "must be a mapping");
            return;
        }
        List<String> allowed = List.of(known);
        json.fieldNames().forEachRemaining(name -> {
            if (!allowed.contains(name)) {
                at(name).problem("没有这个键", "no such key");
            }
        });
    }

    /** The names in a mapping, in the order written. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** The items of a list that must not be empty. */
    List<DeclaredNode> items(int least, int most) {
        List<DeclaredNode> items = new ArrayList<>();
        for (int i = 0; json.isArray() && i < json.size(); i++) {
            items.add(new DeclaredNode(json.get(i), path + "/" + i, lines, problems));
        }
        if (items.size() < least || items.size() > most) {
            problem("必须是含 " + least + " 至 " + most + " 项的列表", "must be a list of " + least + " to " + most + " items");
        }
        return items;
    }

    /** A text; empty when it is none. */
    String text() {
        if (json.isMissingNode()) {
            problem("缺失", "is missing");
        } else if (!json.isTextual()) {
            problem("必须是文本", "must be a text");
        } else if (json.textValue().isBlank() || json.textValue().length() > MAX_TEXT_LENGTH) {
            problem("长度应为 1 至 " + MAX_TEXT_LENGTH + " 个字符", "must have 1 to " + MAX_TEXT_LENGTH + " characters");
        } else {
            return json.textValue();
        }
        return "";
    }

    /** A text of a form; empty when it is none. */
    String text(Pattern form) {
        String text = text();
        if (!text.isEmpty() && !form.matcher(text).matches()) {
            problem("须符合 " + form, "must match " + form);
            return "";
        }
        return text;
    }

    /** A text in both languages. */
    Text bilingual() {
        keys("zh", "en");
        return json.isObject() ? new Text(at("zh").text(), at("en").text()) : new Text("", "");
    }

    /** A whole number within bounds. */
    OptionalInt whole(int least, int most) {
        if (json.isMissingNode()) {
            problem("缺失", "is missing");
        } else if (!json.isIntegralNumber()
                || !json.canConvertToInt()
                || json.intValue() < least
                || json.intValue() > most) {
            problem("必须是 " + least + " 至 " + most + " 的整数", "must be a whole number from " + least + " to " + most);
        } else {
            return OptionalInt.of(json.intValue());
        }
        return OptionalInt.empty();
    }

    /** A finite number within bounds. */
    OptionalDouble number(double least, double most) {
        if (json.isMissingNode()) {
            problem("缺失", "is missing");
        } else if (!json.isNumber() || !(json.doubleValue() >= least && json.doubleValue() <= most)) {
            problem("必须是 " + least + " 至 " + most + " 的数", "must be a number from " + least + " to " + most);
        } else {
            return OptionalDouble.of(json.doubleValue());
        }
        return OptionalDouble.empty();
    }

    void problem(String zh, String en) {
        problems.add(new Problem(line(), path, zh, en));
    }

    /** The line of this place, or of the nearest thing around it that is there. */
    private int line() {
        String place = path;
        while (!place.isEmpty() && !lines.containsKey(place)) {
            place = place.substring(0, place.lastIndexOf('/'));
        }
        return lines.getOrDefault(place, 1);
    }
}
