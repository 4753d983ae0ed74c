package org.datareturn.sandbox.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Products of an agency's own, beside the standard ones. */
final class ProductsMixin {
    @Option(
            names = "--products",
            paramLabel = "DIR",
            description = {
                "a folder of declarations (*.yaml) offered beside the standard products; see docs/products.md.",
                "自有核验产品声明（*.yaml）所在目录，见 docs/products.md。"
            })
    private @Nullable Path folder;

    /** The folder, if one was named. */
    Optional<Path> folder() {
        return Optional.ofNullable(folder);
    }
}
