package org.datareturn.guard.declaration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A place in a declaration: reads what lies below it and collects what is wrong. One reading, one thread. */
record DeclarationCursor(YamlNode node, String path, List<DeclarationException.Problem> problems) {

    void problem(String en, String zh) {
        problems.add(new DeclarationException.Problem(path, node.line(), en, zh));
    }

    /** The entries of this mapping; those not among {@code allowed} are problems. */
    Map<String, DeclarationCursor> entries(Set<String> allowed) {
        Map<String, DeclarationCursor> entries = entries();
        for (Map.Entry<String, DeclarationCursor> entry : entries.entrySet()) {
            if (!allowed.contains(entry.getKey())) {
                String names = String.join(", ", allowed.stream().sorted().toList());
                entry.getValue()
                        .problem(
                                "unknown key \"" + entry.getKey() + "\"; allowed: " + names,
                                "未知的键 \"" + entry.getKey() + "\"；允许的键：" + names);
            }
        }
        return entries;
    }

    /** The entries of this mapping, whatever their names. */
    Map<String, DeclarationCursor> entries() {
        Map<String, DeclarationCursor> children = new LinkedHashMap<>();
        if (node instanceof YamlNode.Mapping mapping) {
            mapping.entries()
                    .forEach((key, value) -> children.put(
                            key, new DeclarationCursor(value, path.isEmpty() ? key : path + "." + key, problems)));
        } else {
            problem("a mapping is expected here", "此处应为映射");
        }
        return children;
    }

    /** An entry that must be there. */
    Optional<DeclarationCursor> required(Map<String, DeclarationCursor> entries, String key) {
        Optional<DeclarationCursor> entry = Optional.ofNullable(entries.get(key));
        if (entry.isEmpty()) {
            problem("\"" + key + "\" is missing", "缺少 \"" + key + "\"");
        }
        return entry;
    }

    /** The items of this sequence, or this scalar as the only one. */
    List<DeclarationCursor> items() {
        List<DeclarationCursor> items = new ArrayList<>();
        switch (node) {
            case YamlNode.Sequence sequence -> {
                for (int i = 0; i < sequence.items().size(); i++) {
                    items.add(new DeclarationCursor(sequence.items().get(i), path + "[" + i + "]", problems));
                }
            }
            case YamlNode.Scalar scalar -> items.add(this);
            case YamlNode.Mapping mapping -> problem("a list is expected here", "此处应为列表");
        }
        return items;
    }

    /** The text of this scalar. */
    Optional<String> text() {
        if (node instanceof YamlNode.Scalar scalar && !scalar.text().isEmpty()) {
            return Optional.of(scalar.text());
        }
        problem("a single value is expected here", "此处应为单个值");
        return Optional.empty();
    }

    /** The whole number of this scalar, when it lies in the range. */
    OptionalInt whole(int least, int most) {
        Optional<String> text = text();
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        if (text.get().matches("-?\\d{1,9}")) {
            int value = Integer.parseInt(text.get());
            if (value >= least && value <= most) {
                return OptionalInt.of(value);
            }
        }
        problem(
                "must be a whole number from " + least + " to " + most + ", was \"" + text.get() + "\"",
                "应为 " + least + " 到 " + most + " 的整数，实为 \"" + text.get() + "\"");
        return OptionalInt.empty();
    }

    /** One of several words. */
    Optional<String> oneOf(List<String> allowed) {
        Optional<String> text = text();
        if (text.isPresent() && !allowed.contains(text.get())) {
            String names = String.join(", ", allowed);
            problem(
                    "unknown value \"" + text.get() + "\"; allowed: " + names,
                    "未知的取值 \"" + text.get() + "\"；允许：" + names);
            return Optional.empty();
        }
        return text;
    }

    /** A text of this shape. */
    Optional<String> matching(String pattern, String shapeEn, String shapeZh) {
        Optional<String> text = text();
        if (text.isPresent() && !text.get().matches(pattern)) {
            problem("\"" + text.get() + "\" is not " + shapeEn, "\"" + text.get() + "\" 不是" + shapeZh);
            return Optional.empty();
        }
        return text;
    }
}
