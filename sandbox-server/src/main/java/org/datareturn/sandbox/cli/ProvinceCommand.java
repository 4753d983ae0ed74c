package org.datareturn.sandbox.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.datareturn.sandbox.province.SyntheticProvince;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code province …}: data of nobody, to try things on. */
@Command(name = "province", description = "The synthetic province 合成省份.", subcommands = ProvinceCommand.Write.class)
final class ProvinceCommand {
    /** {@code province write DIR}. */
    @Command(
            name = "write",
            description = {
                "Writes a synthetic province as plain CSV: registry.csv (id_number,name), person.csv, benefit.csv, and the"
                        + " zone's declaration livelihood.yaml. Nobody in it exists. 把合成省份写成 CSV 与专区声明。"
            })
    static final class Write implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "DIR", description = "a folder, made when it does not exist")
        private Path folder;

        @Option(
                names = "--persons",
                defaultValue = "" + SyntheticProvince.DEFAULT_PERSONS,
                description = "how many persons (default: ${DEFAULT-VALUE})")
        private int persons;

        @Option(names = "--seed", defaultValue = "20251231", description = "the seed (default: ${DEFAULT-VALUE})")
        private long seed;

        @Override
        public Integer call() throws IOException {
            Console console = new Console(spec);
            SyntheticProvince province = SyntheticProvince.generate(seed, persons);
            Files.createDirectories(folder);
            try (BufferedWriter registry =
                    Files.newBufferedWriter(folder.resolve("registry.csv"), StandardCharsets.UTF_8)) {
                province.writePersonRegistry(registry);
            }
            province.writeZoneTables(folder);
            Files.writeString(
                    folder.resolve(SyntheticProvince.ZONE + ".yaml"),
                    SyntheticProvince.zoneDeclaration(),
                    StandardCharsets.UTF_8);
            console.out("WRITTEN 已写入: " + persons + " persons in " + folder);
            return Exit.OK;
        }
    }
}
