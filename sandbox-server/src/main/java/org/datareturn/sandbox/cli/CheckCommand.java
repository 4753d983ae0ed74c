package org.datareturn.sandbox.cli;

import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.datareturn.policy.Refusal;
import org.datareturn.proto.v1.Purpose;
import org.datareturn.proto.v1.Record;
import org.datareturn.proto.v1.VerifyRequest;
import org.datareturn.proto.v1.VerifyResponse;
import org.datareturn.sandbox.cli.check.Asking;
import org.datareturn.sandbox.cli.check.BatchCheck;
import org.datareturn.sandbox.cli.check.CheckFailed;
import org.datareturn.sandbox.cli.check.PrivateCheck;
import org.datareturn.sandbox.cli.client.NodeClient;
import org.datareturn.sandbox.node.NodeOptions;
import org.datareturn.sandbox.node.NodeProducts;
import org.datareturn.sandbox.node.NodeStartException;
import org.datareturn.verifier.privatecheck.OpenEpoch;
import org.datareturn.verifier.product.ProductDeclaration;
import org.datareturn.verifier.product.Products;
import org.datareturn.verifier.reason.VerifierReason;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code check}: an agency's verifications from the command line, one or a whole list. */
@Command(
        name = "check",
        description = {
            "Checks one subject (NAME=VALUE …), or a list: --batch IN.csv --out OUT.csv.",
            "Run again after an interruption, a list goes on where it stopped. The list's header names the product's fields; OUT has a row for each of its lines.",
            "--private IN.csv --out OUT.csv checks a list that does not leave this machine: see docs/private-check.md.",
            "核验：单条（字段=值……）或批量（--batch 输入.csv --out 输出.csv）。中断后重新运行同一命令即可继续。",
            "隐私核验（--private 输入.csv --out 输出.csv）：名单不出本机，服务方只见随机点。"
        })
final class CheckCommand implements Callable<Integer> {
    private static final long PROGRESS_LINES = 50_000;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "NAME=VALUE", description = "the product's fields, for one check")
    private Map<String, String> fields = new TreeMap<>();

    @Option(names = "--grant", required = true, description = "the grant (数据使用授权) the check belongs to")
    private String grant;

    @Option(names = "--product", defaultValue = "identity-check", description = "default: ${DEFAULT-VALUE}")
    private String product;

    @Option(
            names = "--purpose",
            defaultValue = "ADMINISTRATIVE_BASIS",
            description = "the grant's purpose (default: ${DEFAULT-VALUE})")
    private String purpose;

    @Option(names = "--region", required = true, description = "division (GB/T 2260) the matter belongs to")
    private String region;

    @Option(names = "--batch", paramLabel = "IN.csv", description = "a list instead of one check")
    private @Nullable Path batch;

    @Option(names = "--private", paramLabel = "IN.csv", description = "a list the node does not see")
    private @Nullable Path hidden;

    @Option(
            names = "--out",
            paramLabel = "OUT.csv",
            description = "where a list's answers go; a batch is gone on with if it exists")
    private @Nullable Path out;

    @Option(
            names = "--receipt",
            paramLabel = "FILE",
            description = {
                "where one check's receipt goes, also of a refusal; ./sandbox receipt verify proves it offline.",
                "单条核验的回执文件（被拒绝时同样保存），可用 ./sandbox receipt verify 离线核验。"
            })
    private @Nullable Path receipt;

    @Mixin
    private ProductsMixin products;

    @Option(names = "--as", defaultValue = "county-operator", description = "the operator (default: ${DEFAULT-VALUE})")
    private String as;

    @Option(
            names = "--identities",
            paramLabel = "DIR",
            defaultValue = "data-keys/identities",
            description = "where the operator's certificate lies (default: ${DEFAULT-VALUE})")
    private Path identities;

    @Option(names = "--host", defaultValue = "localhost", description = "default: ${DEFAULT-VALUE}")
    private String host;

    @Option(names = "--port", defaultValue = "" + NodeOptions.DEFAULT_PORT, description = "default: ${DEFAULT-VALUE}")
    private int port;

    @Option(names = "--json", description = "print JSON only")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Console console = new Console(spec);
        boolean oneList = (batch == null) != (hidden == null);
        if (oneList ? out == null || !fields.isEmpty() || receipt != null : batch != null || out != null) {
            return console.fail(Refusal.of(
                    CliReason.OPTIONS_CONTRADICT,
                    "either NAME=VALUE … (and --receipt), or --batch with --out, or --private with --out",
                    "字段=值……（可加 --receipt）、--batch 加 --out、--private 加 --out，三者取一"));
        }
        Optional<Purpose> stated = PurposeNames.named(purpose);
        if (stated.isEmpty()) {
            return console.fail(PurposeNames.unknown(purpose));
        }
        Products known;
        try {
            known = NodeProducts.of(products.folder());
        } catch (NodeStartException e) {
            return console.fail(e.refusal());
        }
        Optional<Refusal> wrong = missing(batch)
                .or(() -> missing(hidden))
                .or(() -> unknownField(known))
                .or(() -> ConnectionMixin.unknownOperator(identities, as));
        if (wrong.isPresent()) {
            return console.fail(wrong.get());
        }
        Asking asking = new Asking(grant, product, stated.get(), region);
        try (NodeClient client = NodeClient.connect(host, port, identities, as)) {
            if (out != null && batch != null) {
                return list(console, client, asking, known, batch, out);
            }
            if (out != null && hidden != null) {
                return hiddenList(console, client, asking, known, hidden, out);
            }
            return one(console, client, asking);
        } catch (CheckFailed e) {
            console.err(e.refusal());
            return Exit.REFUSED_OR_FAILED;
        } catch (java.nio.file.NoSuchFileException | java.io.FileNotFoundException e) {
            return console.fail(Refusal.of(CliReason.FILE_MISSING, String.valueOf(e.getMessage())));
        }
    }

    private static Optional<Refusal> missing(@Nullable Path list) {
        return list == null || Files.isReadable(list)
                ? Optional.empty()
                : Optional.of(Refusal.of(CliReason.FILE_MISSING, list.toString()));
    }

    /** A field of one check that a known product does not have: said here, where it can be named. */
    private Optional<Refusal> unknownField(Products products) {
        return products.named(product)
                .map(ProductDeclaration::fieldNames)
                .flatMap(names -> fields.keySet().stream()
                        .filter(name -> !names.contains(name))
                        .findFirst()
                        .map(name -> Refusal.of(
                                CliReason.FIELD_UNKNOWN, product, name, String.join(", ", new TreeSet<>(names)))));
    }

    private int one(Console console, NodeClient client, Asking asking) throws CheckFailed, IOException {
        try {
            VerifyResponse answer = client.verification()
                    .verify(VerifyRequest.newBuilder()
                            .setGrantId(asking.grant())
                            .setProduct(asking.product())
                            .putAllFields(fields)
                            .setPurpose(asking.purpose())
                            .setRegion(asking.region())
                            .build());
            keep(answer.getRecord());
            String told = answer.getAnswer().name().replace("VERIFICATION_ANSWER_", "");
            console.out(
                    json
                            ? "{\"answer\":\"" + told + "\",\"trace_id\":\""
                                    + answer.getRecord().getTraceId() + "\",\"grant_calls_left\":"
                                    + answer.getQuotaLeft().getGrantCalls() + ",\"operator_calls_left\":"
                                    + answer.getQuotaLeft().getOperatorCalls() + "}"
                            : told + "  " + answer.getRecord().getTraceId() + "  "
                                    + answer.getSource().getProvider() + " "
                                    + answer.getSource().getAcquiredOn());
            if (!json) {
                console.note("calls left today 今日剩余次数: grant 授权 "
                        + answer.getQuotaLeft().getGrantCalls() + ", operator 操作员 "
                        + answer.getQuotaLeft().getOperatorCalls());
            }
            return Exit.OK;
        } catch (StatusRuntimeException e) {
            if (NodeClient.refusal(e).isEmpty()) {
                console.err(Refusal.of(
                        CliReason.NODE_UNREACHABLE,
                        host + ":" + port,
                        e.getStatus().getCode().name()));
                return Exit.REFUSED_OR_FAILED;
            }
            keep(NodeClient.refusal(e).get().getRecord());
            throw BatchCheck.failure(e);
        }
    }

    private void keep(Record record) throws IOException {
        if (receipt != null) {
            Files.writeString(receipt, record.getReceipt());
        }
    }

    private int list(Console console, NodeClient client, Asking asking, Products products, Path in, Path answers)
            throws CheckFailed, IOException, InterruptedException {
        BatchCheck check = new BatchCheck(client, asking, progress(console));
        Set<String> known = products.named(asking.product())
                .map(ProductDeclaration::fieldNames)
                .map(Set::copyOf)
                .orElse(Set.of());
        return done(console, check.run(in, answers, known));
    }

    private int hiddenList(Console console, NodeClient client, Asking asking, Products products, Path in, Path answers)
            throws CheckFailed, IOException {
        Optional<ProductDeclaration> declared = products.named(asking.product());
        if (declared.isEmpty()) {
            return console.fail(Refusal.of(VerifierReason.PRODUCT_UNKNOWN, asking.product()));
        }
        Optional<Refusal> unsuited = OpenEpoch.unsuited(declared.get());
        if (unsuited.isPresent()) {
            return console.fail(unsuited.get());
        }
        Clock clock = Clock.system(ZoneId.systemDefault());
        return done(
                console, new PrivateCheck(client, asking, declared.get(), clock, progress(console)).run(in, answers));
    }

    private static LongConsumer progress(Console console) {
        AtomicLong next = new AtomicLong();
        return line -> {
            if (line >= next.get()) {
                console.note("  answered to line 已答复至第 " + line + " 行");
                next.set(line + PROGRESS_LINES);
            }
        };
    }

    private int done(Console console, Map<String, Long> counted) {
        Map<String, Long> told = new TreeMap<>(counted);
        StringBuilder line = new StringBuilder();
        told.forEach((code, count) -> line.append(line.isEmpty() ? "" : json ? "," : ", ")
                .append(json ? "\"" + code + "\":" + count : code + " " + count));
        console.out(json ? "{" + line + "}" : "Done 完成: " + (line.isEmpty() ? "nothing was left 无待办" : line));
        return Exit.OK;
    }
}
