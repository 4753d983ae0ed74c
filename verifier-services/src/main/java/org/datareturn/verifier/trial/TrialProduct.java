package org.datareturn.verifier.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import org.datareturn.verifier.product.ProductDeclaration;
import org.datareturn.verifier.product.ProductDeclarationException;
import org.datareturn.verifier.product.Products;

/** Finds the product an author means. */
final class TrialProduct {
    private TrialProduct() {}

    /** The standard product of a name, or the declaration in a file. */
    static ProductDeclaration named(String nameOrFile) throws BadInput {
        Optional<ProductDeclaration> standard = Products.standard().named(nameOrFile);
        if (standard.isPresent()) {
            return standard.get();
        }
        Path file;
        try {
            file = Path.of(nameOrFile);
        } catch (InvalidPathException noPath) {
            throw unknown(nameOrFile);
        }
        if (!Files.isRegularFile(file)) {
            throw unknown(nameOrFile);
        }
        try {
            return ProductDeclaration.read(file);
        } catch (IOException unreadable) {
            throw BadInput.unreadable(file);
        } catch (ProductDeclarationException wrong) {
            throw new BadInput(wrong.problems().stream()
                    .map(problem -> file + ": " + problem)
                    .collect(Collectors.joining(System.lineSeparator())));
        }
    }

    private static BadInput unknown(String name) {
        String known =
                Products.standard().all().stream().map(ProductDeclaration::name).collect(Collectors.joining(", "));
        return new BadInput(
                name + ": neither a declaration's file nor one of the standard products / 既不是声明文件，也不是标准产品：" + known);
    }
}
