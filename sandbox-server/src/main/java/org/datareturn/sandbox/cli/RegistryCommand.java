package org.datareturn.sandbox.cli;

import picocli.CommandLine.Command;

/** {@code registry …}: what verification products look things up in. */
@Command(
        name = "registry",
        description = "Registries of verification products 核验产品的登记库.",
        subcommands = {RegistryLoadCommand.class})
final class RegistryCommand {}
