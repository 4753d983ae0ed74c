package org.datareturn.sandbox.cli;

import picocli.CommandLine.Command;

/** {@code model …}: models that place a subject in a band. */
@Command(
        name = "model",
        description = "Models that place a subject in a band 模型产品.",
        subcommands = {ModelTryCommand.class})
final class ModelCommand {}
