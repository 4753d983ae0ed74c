package org.datareturn.sandbox.wholeroad;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.datareturn.proto.v1.Purpose;
import org.datareturn.sandbox.cli.client.Applying;
import org.datareturn.sandbox.identity.DevelopmentIdentities;
import org.datareturn.sandbox.province.Person;
import org.datareturn.sandbox.province.SyntheticProvince;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A product nobody has heard of, on the whole road of a running node by its declaration alone; and receipts kept. */
class OwnProductIT {
    private static final int PERSONS = 600;
    private static final String REGION = "370812";

    @TempDir
    Path folder;

    private final SyntheticProvince province = SyntheticProvince.generate(NodeProcess.SEED, PERSONS);

    @Test
    void offersAProductOfItsOwnByDeclarationAlone() throws IOException, InterruptedException {
        Path products = declared();
        try (NodeProcess node = NodeProcess.start(PERSONS, "--products", products.toString())) {
            PackagedJar.Ran loaded = PackagedJar.run(
                    "registry",
                    "load",
                    "vehicle-owner",
                    "--products",
                    products.toString(),
                    "--data",
                    node.data().toString(),
                    "--csv",
                    registry().toString(),
                    "--acquired",
                    "2026-11-01",
                    "--base-library",
                    "--authority",
                    DevelopmentIdentities.PROVINCIAL_DATA_AUTHORITY.code());
            assertThat(loaded.exit()).as(loaded.err()).isZero();
            String grant = Papers.grant(
                    node,
                    new Applying(
                            "vehicle-owner",
                            List.of("id_number", "plate", "name"),
                            Applying.Kind.PRODUCT,
                            DevelopmentIdentities.PROVINCIAL_PUBLIC_SECURITY.code(),
                            "province-content-reviewer",
                            "二手车交易登记车辆所有人核验",
                            Purpose.PURPOSE_ADMINISTRATIVE_BASIS,
                            "车辆所有人核验",
                            "vehicle owners",
                            0),
                    "county-applicant");
            keepsAReceiptOfEachAnswerAndRefusal(node, products, grant);
            verifiesAllReceiptsOfAList(node, products, grant);
            remembersOverAStopWhatWasCalled(node, products, grant);
        }
    }

    private void keepsAReceiptOfEachAnswerAndRefusal(NodeProcess node, Path products, String grant)
            throws IOException, InterruptedException {
        Path receipt = folder.resolve("answer.receipt");
        PackagedJar.Ran right = check(node, products, grant, REGION, plate(1), "--receipt", receipt.toString());
        assertThat(right.exit()).as(right.err()).isZero();
        assertThat(right.out()).startsWith("MATCH");
        assertThat(verify(node, receipt).out()).contains("VERIFIED", "\"target\":\"vehicle-owner\"");
        assertThat(check(node, products, grant, REGION, plate(2)).out()).startsWith("NO");
        Files.delete(receipt);
        PackagedJar.Ran elsewhere = check(node, products, grant, "110101", plate(1), "--receipt", receipt.toString());
        assertThat(elsewhere.exit()).isEqualTo(1);
        assertThat(elsewhere.err()).contains("REGION_NOT_GRANTED");
        assertThat(verify(node, receipt).out()).contains("VERIFIED", "REGION_NOT_GRANTED");
    }

    private void verifiesAllReceiptsOfAList(NodeProcess node, Path products, String grant)
            throws IOException, InterruptedException {
        Path list = Files.writeString(folder.resolve("list.csv"), "id_number,plate,name\n" + line(3) + line(4));
        Path answers = folder.resolve("answers.csv");
        PackagedJar.Ran ran =
                PackagedJar.run(arguments(node, products, grant, REGION, "--batch", list, "--out", answers));
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out() + ran.err()).contains("MATCH 2");
        Path receipts = folder.resolve("answers.csv.receipts.jsonl");
        assertThat(verify(node, receipts).out()).contains("VERIFIED", "1 receipts");
        Files.writeString(receipts, Files.readString(receipts).replaceFirst("extra (.)(.)", "extra $2$1"));
        PackagedJar.Ran changed = verify(node, receipts);
        assertThat(changed.exit()).isEqualTo(1);
        assertThat(changed.err()).contains("RECEIPT_LINE_REFUSED");
    }

    private void remembersOverAStopWhatWasCalled(NodeProcess node, Path products, String grant)
            throws IOException, InterruptedException {
        long before = left(check(node, products, grant, REGION, plate(1), "--json"));
        node.stop();
        node.restart();
        assertThat(left(check(node, products, grant, REGION, plate(1), "--json")))
                .as("calls left after an orderly stop")
                .isEqualTo(before - 1);
    }

    private static long left(PackagedJar.Ran ran) throws IOException {
        assertThat(ran.exit()).as(ran.err()).isZero();
        return new ObjectMapper().readTree(ran.out()).get("grant_calls_left").asLong();
    }

    private PackagedJar.Ran check(
            NodeProcess node, Path products, String grant, String region, String plate, Object... more)
            throws IOException, InterruptedException {
        Person owner = province.personAt(1);
        List<Object> all = new ArrayList<>(List.of(more));
        all.addAll(List.of("id_number=" + owner.idNumber(), "plate=" + plate, "name=" + owner.name()));
        return PackagedJar.run(arguments(node, products, grant, region, all.toArray()));
    }

    private static String[] arguments(NodeProcess node, Path products, String grant, String region, Object... more) {
        List<Object> all = new ArrayList<>(List.of(
                "check",
                "--grant",
                grant,
                "--region",
                region,
                "--product",
                "vehicle-owner",
                "--products",
                products,
                "--identities",
                node.identities(),
                "--port",
                node.port()));
        all.addAll(List.of(more));
        return all.stream().map(String::valueOf).toArray(String[]::new);
    }

    private static PackagedJar.Ran verify(NodeProcess node, Path receipt) throws IOException, InterruptedException {
        return PackagedJar.run(
                "receipt",
                "verify",
                receipt.toString(),
                "--key",
                node.verifierKey().toString());
    }

    private static String plate(int at) {
        return "鲁H%05d".formatted(at);
    }

    private String line(int at) {
        Person owner = province.personAt(at);
        return owner.idNumber() + "," + plate(at) + "," + owner.name() + "\n";
    }

    private Path registry() throws IOException {
        StringBuilder lines = new StringBuilder("id_number,plate,name\n");
        for (int at = 0; at < 50; at++) {
            lines.append(line(at));
        }
        return Files.writeString(folder.resolve("vehicles.csv"), lines);
    }

    private Path declared() throws IOException {
        Path products = Files.createDirectory(folder.resolve("products"));
        Files.writeString(products.resolve("vehicle-owner.yaml"), """
                product: vehicle-owner
                title: { zh: 车辆所有人核验, en: Owner of a vehicle }
                registry: vehicles
                fields:
                  id_number: { role: subject, normalisation: id-number }
                  plate: { role: key, normalisation: code }
                  name: { role: match, normalisation: person-name }
                answers: [yes-no]
                grant_fields: [id_number, plate, name]
                source: { provider: { zh: 公安交通管理部门, en: Traffic police } }
                """);
        return products;
    }
}
