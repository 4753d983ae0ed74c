package org.datareturn.sandbox.cli;

import picocli.CommandLine.Command;

/** {@code product …}: verification products. */
@Command(
        name = "product",
        description = "Verification products 核验产品.",
        subcommands = {ProductTryCommand.class})
final class ProductCommand {}
