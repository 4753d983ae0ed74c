package org.datareturn.sandbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.datareturn.verifier.product.ProductDeclaration;
import org.datareturn.verifier.product.ProductField;
import org.datareturn.verifier.product.Products;
import org.datareturn.verifier.registry.RegistrySchema;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The documents are held to the files and commands they name. */
class DocumentsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern FENCED = Pattern.compile("^ *```.*?^ *```", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);
    private static final Pattern COMMAND = Pattern.compile("\\./sandbox ([a-z]+)(?: ([a-z]+))?");

    @Test
    void everyRelativeLinkLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path document : documents()) {
            String prose = FENCED.matcher(read(document)).replaceAll("");
            for (String link : found(LINK, prose)) {
                if (!link.contains("://") && !link.startsWith("mailto:")) {
                    links++;
                    if (!leadsSomewhere(document, link)) {
                        broken.add(ROOT.relativize(document) + " → " + link);
                    }
                }
            }
        }
        assertThat(broken).isEmpty();
        assertThat(links).as("links looked at").isGreaterThan(30);
    }

    @Test
    void bothReadmesNameTheSameCommands() throws IOException {
        Set<String> english = commands(ROOT.resolve("README.md"));
        assertThat(commands(ROOT.resolve("README.zh-CN.md"))).isEqualTo(english);
        assertThat(english).contains("demo", "test");
    }

    @Test
    void bothReadmesShowTheSameShell() throws IOException {
        assertThat(shell("README.zh-CN.md")).isEqualTo(shell("README.md"));
    }

    @Test
    void everyCommandNamedExists() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Path document : documents()) {
            for (String command : commands(document)) {
                if (!exists(command)) {
                    missing.add(ROOT.relativize(document) + ": ./sandbox " + command);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void theTableOfRegistriesNamesTheColumnsAsDeclared() throws IOException {
        Map<String, Set<String>> columns = new TreeMap<>();
        Map<String, Set<String>> said = new TreeMap<>();
        for (ProductDeclaration product : Products.standard().all()) {
            columns.computeIfAbsent(product.registry(), r -> new TreeSet<>())
                    .addAll(product.schema().columns().stream()
                            .map(RegistrySchema.Column::name)
                            .toList());
            said.computeIfAbsent(product.registry(), r -> new TreeSet<>())
                    .addAll(product.fields().stream().map(ProductField::name).toList());
        }
        String page = read(ROOT.resolve("docs/products.md"));
        String table = page.substring(page.indexOf("**Their registries.**"));
        columns.forEach((registry, declared) -> {
            Set<String> saidOnly = new TreeSet<>(said.getOrDefault(registry, Set.of()));
            saidOnly.removeAll(declared);
            List<String> row = table.lines()
                    .filter(line -> line.startsWith("| `" + registry + "` | `"))
                    .flatMap(line -> Stream.of(line.split("\\|", -1)))
                    .toList();
            assertThat(row).as("the row of %s", registry).hasSize(6);
            assertThat(names(row.get(3))).as("columns of %s", registry).isEqualTo(declared);
            assertThat(names(row.get(4))).as("no columns of %s", registry).isEqualTo(saidOnly);
        });
    }

    private static Set<String> names(String cell) {
        return new TreeSet<>(found(Pattern.compile("`([a-z_]+)`"), cell));
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> root = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(root, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    private static boolean leadsSomewhere(Path document, String link) throws IOException {
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        Path target = file.isEmpty() ? document : document.resolveSibling(file).normalize();
        if (!Files.exists(target)) {
            return false;
        }
        return hash < 0
                || found(HEADING, read(target)).stream()
                        .map(DocumentsTest::anchor)
                        .anyMatch(link.substring(hash + 1)::equals);
    }

    /** A heading's anchor as forges make it. */
    private static String anchor(String heading) {
        return heading.strip()
                .toLowerCase(java.util.Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    /** The commands a document names: {@code noun} or {@code noun verb}; what follows a noun without verbs is its own. */
    private static Set<String> commands(Path document) throws IOException {
        Set<String> named = new TreeSet<>();
        COMMAND.matcher(read(document)).results().forEach(match -> named.add(command(match)));
        return named;
    }

    private static String command(MatchResult match) {
        String noun = match.group(1);
        boolean hasVerbs = subcommand(noun)
                .filter(found -> !found.getSubcommands().isEmpty())
                .isPresent();
        return hasVerbs && match.group(2) != null ? noun + " " + match.group(2) : noun;
    }

    private static boolean exists(String command) throws IOException {
        String[] words = command.split(" ", -1);
        Optional<CommandLine> noun = subcommand(words[0]);
        if (noun.isEmpty()) {
            return read(ROOT.resolve("sandbox")).contains("\n    " + words[0] + ")\n");
        }
        return words.length == 1 || noun.get().getSubcommands().containsKey(words[1]);
    }

    private static Optional<CommandLine> subcommand(String noun) {
        return Optional.ofNullable(SandboxCommand.commandLine().getSubcommands().get(noun));
    }

    /** Every shell line of a document without comments, which are in its own language. */
    private static String shell(String document) throws IOException {
        return Pattern.compile("^ *```sh\\n(.*?)^ *```", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(read(ROOT.resolve(document)))
                .results()
                .flatMap(block -> block.group(1).lines())
                .map(line -> line.replaceFirst("(^|\\s+)# .*", ""))
                .collect(Collectors.joining("\n"));
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).toList();
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
