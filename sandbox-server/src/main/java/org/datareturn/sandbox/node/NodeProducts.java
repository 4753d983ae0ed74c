package org.datareturn.sandbox.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.datareturn.policy.Refusal;
import org.datareturn.verifier.product.ProductDeclaration;
import org.datareturn.verifier.product.ProductDeclarationException;
import org.datareturn.verifier.product.Products;

/** The products of a node: those that come with the project, and those declared in a folder of its own. */
public final class NodeProducts {
    private static final String SUFFIX = ".yaml";

    private NodeProducts() {}

    /**
     * Reads the declarations.
     *
     * @throws NodeStartException when the folder cannot be read, a declaration is wrong, or two do not go together
     */
    public static Products of(NodeOptions options) throws NodeStartException {
        return of(options.products());
    }

    /**
     * Reads the declarations of a folder, if there is one.
     *
     * @throws NodeStartException when the folder cannot be read, a declaration is wrong, or two do not go together
     */
    public static Products of(Optional<Path> folder) throws NodeStartException {
        return folder.isEmpty() ? Products.standard() : beside(Products.standard(), folder.get());
    }

    private static Products beside(Products standard, Path folder) throws NodeStartException {
        List<ProductDeclaration> all = new ArrayList<>(standard.all());
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList()) {
                all.add(read(file));
            }
            return Products.of(all);
        } catch (IOException e) {
            throw new NodeStartException(Refusal.of(NodeReason.PRODUCTS_UNREADABLE, folder.toString()), e);
        } catch (IllegalArgumentException e) {
            throw wrong(folder, String.valueOf(e.getMessage()), e);
        }
    }

    private static ProductDeclaration read(Path file) throws NodeStartException, IOException {
        try {
            return ProductDeclaration.read(file);
        } catch (ProductDeclarationException e) {
            throw wrong(file, e.problems().stream().map(String::valueOf).collect(Collectors.joining("; ")), e);
        }
    }

    private static NodeStartException wrong(Path place, String what, Exception cause) {
        return new NodeStartException(Refusal.of(NodeReason.PRODUCT_DECLARATION_WRONG, place.toString(), what), cause);
    }
}
