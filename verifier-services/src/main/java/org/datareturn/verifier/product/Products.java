package org.datareturn.verifier.product;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The products a node offers, by name: an explicit list. Immutable. */
public final class Products {
    /** The declarations in this jar. A new product is one file and one line here. */
    private static final List<String> STANDARD = List.of(
            "identity-check",
            "identity-validity",
            "marriage-check",
            "parent-child",
            "enterprise-representative",
            "licence-valid",
            "residence-in-region",
            "social-insurance",
            "minimum-age",
            "not-on-list");

    private final Map<String, ProductDeclaration> byName;

    private Products(Map<String, ProductDeclaration> byName) {
        this.byName = byName;
    }

    /** The products that come with the project. */
    public static Products standard() {
        List<ProductDeclaration> declarations = new ArrayList<>();
        for (String name : STANDARD) {
            declarations.add(packed(name));
        }
        return of(declarations);
    }

    /**
     * A list of products.
     *
     * @throws IllegalArgumentException when two have one name, or two of one registry want it in different shapes
     */
    public static Products of(List<ProductDeclaration> declarations) {
        Map<String, ProductDeclaration> byName = new LinkedHashMap<>();
        for (ProductDeclaration declaration : declarations) {
            for (ProductDeclaration other : byName.values()) {
                if (other.registry().equals(declaration.registry())
                        && !other.schema().equals(declaration.schema())) {
                    throw new IllegalArgumentException("the products " + other.name() + " and " + declaration.name()
                            + " want the registry " + other.registry() + " in different shapes");
                }
            }
            if (byName.put(declaration.name(), declaration) != null) {
                throw new IllegalArgumentException("two products are named " + declaration.name());
            }
        }
        return new Products(byName);
    }

    /** The product of a name. */
    public Optional<ProductDeclaration> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The products a registry answers, in the order listed. */
    public List<ProductDeclaration> ofRegistry(String registry) {
        return byName.values().stream()
                .filter(product -> product.registry().equals(registry))
                .toList();
    }

    /** Every product, in the order listed. */
    public List<ProductDeclaration> all() {
        return List.copyOf(byName.values());
    }

    private static ProductDeclaration packed(String name) {
        String file = name + ".yaml";
        try (InputStream in = Products.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("this jar lacks its declaration " + file);
            }
            return ProductDeclaration.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + " in this jar", e);
        } catch (ProductDeclarationException e) {
            throw new IllegalStateException("this jar's own declaration is wrong: " + e.getMessage(), e);
        }
    }
}
