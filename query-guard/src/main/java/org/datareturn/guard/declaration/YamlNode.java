package org.datareturn.guard.declaration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A YAML document with the line of every node; anchors, aliases, several documents and repeated keys are refused. */
sealed interface YamlNode {
    /** Longest document read, in characters; a declaration is a page or two. */
    int MAX_LENGTH = 1 << 20;

    /** Deepest nesting read. */
    int MAX_DEPTH = 20;

    int line();

    record Mapping(Map<String, YamlNode> entries, int line) implements YamlNode {}

    record Sequence(List<YamlNode> items, int line) implements YamlNode {}

    record Scalar(String text, int line) implements YamlNode {}

    /** Reads a whole document. */
    static YamlNode read(String text) throws DeclarationException {
        if (text.length() > MAX_LENGTH) {
            throw problem(0, "longer than " + MAX_LENGTH + " characters", "超过 " + MAX_LENGTH + " 个字符");
        }
        try (YAMLParser parser = new YAMLFactory().createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw problem(1, "the document is empty", "文档为空");
            }
            YamlNode root = node(parser, first, 0);
            if (parser.nextToken() != null) {
                throw problem(line(parser), "more than one document", "包含多个文档");
            }
            return root;
        } catch (JsonProcessingException malformed) {
            int line = malformed.getLocation() == null
                    ? 0
                    : malformed.getLocation().getLineNr();
            throw problem(Math.max(line, 0), "not well-formed YAML", "不是格式正确的 YAML");
        } catch (IOException unreadable) {
            throw problem(0, "cannot be read as YAML", "无法按 YAML 读取");
        }
    }

    private static YamlNode node(YAMLParser parser, @Nullable JsonToken token, int depth)
            throws IOException, DeclarationException {
        int line = line(parser);
        if (depth > MAX_DEPTH) {
            throw problem(line, "nested deeper than " + MAX_DEPTH, "嵌套超过 " + MAX_DEPTH + " 层");
        }
        if (token == null || parser.isCurrentAlias() || parser.getObjectId() != null) {
            throw problem(line, "anchors and aliases are not allowed", "不允许使用锚点和别名");
        }
        return switch (token) {
            case START_OBJECT -> {
                Map<String, YamlNode> entries = new LinkedHashMap<>();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String key = parser.currentName();
                    int keyLine = line(parser);
                    YamlNode value = node(parser, parser.nextToken(), depth + 1);
                    if (entries.put(key, value) != null) {
                        throw problem(keyLine, "key \"" + key + "\" is repeated", "键 \"" + key + "\" 重复");
                    }
                }
                yield new Mapping(entries, line);
            }
            case START_ARRAY -> {
                List<YamlNode> items = new ArrayList<>();
                JsonToken next = parser.nextToken();
                while (next != JsonToken.END_ARRAY) {
                    items.add(node(parser, next, depth + 1));
                    next = parser.nextToken();
                }
                yield new Sequence(items, line);
            }
            default -> new Scalar(token == JsonToken.VALUE_NULL ? "" : parser.getText(), line);
        };
    }

    private static int line(YAMLParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }

    private static DeclarationException problem(int line, String en, String zh) {
        return new DeclarationException(List.of(new DeclarationException.Problem("", line, en, zh)));
    }
}
