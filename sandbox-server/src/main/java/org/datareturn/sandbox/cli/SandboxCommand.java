package org.datareturn.sandbox.cli;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The root of the command line. */
@Command(
        name = "sandbox",
        mixinStandardHelpOptions = true,
        version = "Data Return Sandbox 0.1.0",
        description = {
            "Data Return Sandbox 数据返还沙箱: answers from other agencies' data, never the data.",
            "原始数据不出域，数据可用不可见。"
        },
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Built into the launcher: ./sandbox test (every test, as CI runs them), ./sandbox bench [NAME] (benchmarks).",
            "Exit codes 退出码: 0 done, 1 refused or failed, 2 wrong use."
        },
        subcommands = {
            DemoCommand.class,
            ServeCommand.class,
            CheckCommand.class,
            ZoneCommand.class,
            QueryCommand.class,
            TemplateCommand.class,
            ProductCommand.class,
            RegistryCommand.class,
            ModelCommand.class,
            ProvinceCommand.class,
            ReceiptCommand.class,
            WatermarkCommand.class
        })
public final class SandboxCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Runs a command line and gives its exit code. */
    public static int run(String... args) {
        return commandLine().execute(args);
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new SandboxCommand());
        line.setParameterExceptionHandler((e, arguments) -> {
            e.getCommandLine().getErr().println("WRONG_USE: " + e.getMessage());
            boolean day = e.getArgSpec() != null && e.getArgSpec().type().equals(LocalDate.class);
            e.getCommandLine()
                    .getErr()
                    .println("WRONG_USE：参数有误" + (day ? "（日期应为存在的一天，写成 YYYY-MM-DD）" : "") + "，用法见 ./sandbox "
                            + e.getCommandLine()
                                    .getCommandSpec()
                                    .qualifiedName(" ")
                                    .replaceFirst("^sandbox ?", "")
                            + " --help");
            return Exit.WRONG_USE;
        });
        line.registerConverter(LocalDate.class, SandboxCommand::day);
        line.setUsageHelpAutoWidth(true);
        addHelp(line);
        return line;
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            TypeConversionException wrong =
                    new TypeConversionException("a day that exists is written YYYY-MM-DD, was '" + text + "'");
            wrong.initCause(e);
            throw wrong;
        }
    }

    /** {@code --help} everywhere. */
    private static void addHelp(CommandLine line) {
        line.getSubcommands().values().forEach(sub -> {
            sub.getCommandSpec().mixinStandardHelpOptions(true);
            addHelp(sub);
        });
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
