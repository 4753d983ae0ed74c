package org.datareturn.sandbox.cli.demo;

import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.datareturn.proto.v1.Purpose;
import org.datareturn.proto.v1.VerificationAnswer;
import org.datareturn.proto.v1.VerifyRequest;
import org.datareturn.proto.v1.VerifyResponse;
import org.datareturn.sandbox.cli.check.Asking;
import org.datareturn.sandbox.cli.check.BatchCheck;
import org.datareturn.sandbox.cli.check.CheckFailed;
import org.datareturn.sandbox.cli.check.PrivateCheck;
import org.datareturn.sandbox.cli.client.Applying;
import org.datareturn.sandbox.cli.client.NodeClient;
import org.datareturn.sandbox.province.Marriage;
import org.datareturn.sandbox.province.Person;
import org.datareturn.sandbox.province.SyntheticProvince;
import org.datareturn.verifier.product.ProductDeclaration;
import org.datareturn.verifier.product.Products;

/** The agency's other ways of asking: about two persons, about a list, and about a list nobody is shown. */
final class DemoLists {
    private static final VerificationAnswer MATCH = VerificationAnswer.VERIFICATION_ANSWER_MATCH;

    private static final int LISTED = 200;
    private static final int HIDDEN = 50;
    /** Every so many lines one is made wrong. */
    private static final int WRONG_EVERY = 10;

    private final Walk walk;
    private final Path folder;
    private final SyntheticProvince province;

    DemoLists(Walk walk, Path folder, SyntheticProvince province) {
        this.walk = walk;
        this.folder = folder;
        this.province = province;
    }

    void marriage(NodeClient agency, String grant) {
        walk.step("A marriage check between two persons", "双方身份信息及婚姻状况核验");
        Marriage one = province.marriages().getFirst();
        Marriage other = province.marriages().getLast();
        try {
            walk.hold("husband and wife: MATCH", answer(agency, grant, one.husband(), one.wife()) == MATCH);
            walk.hold("asked from her side: MATCH", answer(agency, grant, one.wife(), one.husband()) == MATCH);
            walk.hold(
                    "married, but not to each other: NO",
                    answer(agency, grant, other.husband(), one.wife()) == VerificationAnswer.VERIFICATION_ANSWER_NO);
        } catch (StatusRuntimeException e) {
            walk.hold("the checks are answered (" + e.getStatus().getDescription() + ")", false);
        }
    }

    private VerificationAnswer answer(NodeClient agency, String grant, int one, int other) {
        VerifyResponse answer = agency.verification()
                .verify(VerifyRequest.newBuilder()
                        .setGrantId(grant)
                        .setProduct(Applying.MARRIAGE_CHECK.resource())
                        .putFields("id_number", province.personAt(one).idNumber())
                        .putFields("name", province.personAt(one).name())
                        .putFields("spouse_id_number", province.personAt(other).idNumber())
                        .putFields("spouse_name", province.personAt(other).name())
                        .setPurpose(Purpose.PURPOSE_ADMINISTRATIVE_BASIS)
                        .setRegion(DemoRoad.COUNTY_CITY_AND_BELOW)
                        .build());
        return answer.getAnswer();
    }

    void batch(NodeClient agency, String grant) throws IOException {
        walk.step(
                "A list of " + LISTED + " on one stream, every row with a trace of its own", LISTED + " 人名单批量核验，逐行可追溯");
        List<String> lines = new ArrayList<>(List.of("id_number,name"));
        for (int i = 0; i < LISTED; i++) {
            Person person = province.personAt(200 + i);
            String name = i % WRONG_EVERY == 0 ? province.personAt(600 + i).name() + "某" : person.name();
            lines.add(person.idNumber() + "," + name);
        }
        Path in = Files.write(folder.resolve("list.csv"), lines, StandardCharsets.UTF_8);
        Asking asking = asking(Applying.IDENTITY_CHECK, grant);
        told(
                () -> new BatchCheck(agency, asking, line -> {})
                        .run(in, folder.resolve("list.answers.csv"), Set.of("id_number", "name")),
                LISTED);
    }

    void hidden(NodeClient agency, String grant) throws IOException {
        walk.step(
                "A private check: " + HIDDEN + " couples the node never sees, answers nobody else learns",
                "隐私核验：" + HIDDEN + " 对当事人名单不出本机，节点只见随机点");
        List<String> lines = new ArrayList<>(List.of("id_number,name,spouse_id_number,spouse_name"));
        for (int i = 0; i < HIDDEN; i++) {
            Marriage one = province.marriages().get(i);
            Person husband = province.personAt(one.husband());
            Person wife = province.personAt(
                    i % WRONG_EVERY == 0 ? province.marriages().get(i + 1).wife() : one.wife());
            lines.add(String.join(",", husband.idNumber(), husband.name(), wife.idNumber(), wife.name()));
        }
        Path in = Files.write(folder.resolve("hidden.csv"), lines, StandardCharsets.UTF_8);
        ProductDeclaration product =
                Products.standard().named(Applying.MARRIAGE_CHECK.resource()).orElseThrow();
        PrivateCheck check = new PrivateCheck(
                agency,
                asking(Applying.MARRIAGE_CHECK, grant),
                product,
                Clock.system(ZoneId.systemDefault()),
                line -> {});
        told(() -> check.run(in, folder.resolve("hidden.answers.csv")), HIDDEN);
    }

    private static Asking asking(Applying applying, String grant) {
        return new Asking(grant, applying.resource(), applying.purpose(), DemoRoad.COUNTY_CITY_AND_BELOW);
    }

    /** A check of a list. */
    private interface Listed {
        Map<String, Long> run() throws CheckFailed, IOException, InterruptedException;
    }

    private void told(Listed check, int listed) throws IOException {
        long wrong = listed / WRONG_EVERY;
        try {
            Map<String, Long> told = check.run();
            walk.hold(
                    "MATCH " + told.get("MATCH") + ", NO " + told.get("NO"),
                    told.equals(Map.of("MATCH", listed - wrong, "NO", wrong)));
        } catch (CheckFailed e) {
            walk.hold("the list is answered (" + e.refusal().messageEn() + ")", false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            walk.hold("the list is answered in peace", false);
        }
    }
}
