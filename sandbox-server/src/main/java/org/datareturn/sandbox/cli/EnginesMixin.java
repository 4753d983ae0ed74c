package org.datareturn.sandbox.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.datareturn.guard.engine.EngineServers;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where zones lie that do not lie in this process: a file, because an argument is seen by every user of the machine. */
final class EnginesMixin {
    @Option(
            names = "--engines",
            paramLabel = "FILE",
            description = {
                "servers of zones whose engine is postgresql or trino, with user and password; see docs/engines.md.",
                "postgresql、trino 专区所用服务器及账号的配置文件（仅本人可读），见 docs/engines.md。"
            })
    private @Nullable Path file;

    /**
     * The servers named; none without the option.
     *
     * @throws IllegalArgumentException when the file cannot be read or says something wrong; no value is quoted
     */
    EngineServers servers() {
        if (file == null) {
            return EngineServers.none();
        }
        try {
            return EngineServers.read(file);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(file + " cannot be read as UTF-8 text", unreadable);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(file + ": " + wrong.getMessage(), wrong);
        }
    }
}
