package org.datareturn.sandbox.cli;

import picocli.CommandLine.Command;

/** {@code zone …}: data zones. */
@Command(
        name = "zone",
        description = "Data zones 数据专区.",
        subcommands = {ZoneTryCommand.class, ZonePreviewCommand.class, ZoneLoadCommand.class})
final class ZoneCommand {}
