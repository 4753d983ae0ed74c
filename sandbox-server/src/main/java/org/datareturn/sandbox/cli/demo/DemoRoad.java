package org.datareturn.sandbox.cli.demo;

import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.datareturn.proto.v1.Application;
import org.datareturn.proto.v1.ChangeGrantRequest;
import org.datareturn.proto.v1.Purpose;
import org.datareturn.proto.v1.RefusalDetail;
import org.datareturn.proto.v1.VerificationAnswer;
import org.datareturn.proto.v1.VerifyRequest;
import org.datareturn.proto.v1.VerifyResponse;
import org.datareturn.sandbox.cli.client.Applying;
import org.datareturn.sandbox.cli.client.NodeClient;
import org.datareturn.sandbox.node.NodeOptions;
import org.datareturn.sandbox.province.Person;
import org.datareturn.sandbox.province.SyntheticProvince;

/** The steps of the demo after the node is up: first the agency's, then the analyst's, then those who check on both. */
public final class DemoRoad {
    static final String COUNTY_CITY_AND_BELOW = "370800";

    private final Walk walk;
    private final Path folder;
    private final NodeOptions options;
    private final int port;
    private final int flightPort;
    private final SyntheticProvince province;

    /** A road over a running node. */
    public DemoRoad(Walk walk, Path folder, NodeOptions options, int port, int flightPort, SyntheticProvince province) {
        this.walk = walk;
        this.folder = folder;
        this.options = options;
        this.port = port;
        this.flightPort = flightPort;
        this.province = province;
    }

    /** Walks it. */
    public void walk() throws IOException {
        Optional<String> checks = grantFor(Applying.IDENTITY_CHECK);
        Optional<String> zone = grantFor(Applying.LIVELIHOOD_ZONE);
        if (checks.isEmpty() || zone.isEmpty()) {
            return;
        }
        Optional<VerifyResponse> answered = checks(checks.get());
        Optional<String> marriages = grantFor(Applying.MARRIAGE_CHECK);
        if (marriages.isEmpty()) {
            return;
        }
        DemoLists lists = new DemoLists(walk, folder, province);
        try (NodeClient agency = connect("county-operator")) {
            lists.marriage(agency, marriages.get());
            lists.batch(agency, checks.get());
            lists.hidden(agency, marriages.get());
        }
        DemoAnalyst analyst = new DemoAnalyst(walk, folder, options, flightPort, zone.get());
        try {
            analyst.queries();
        } catch (SQLException e) {
            walk.hold("the stock JDBC driver connects (" + e.getMessage() + ")", false);
        }
        DemoAuditor auditor = new DemoAuditor(walk, folder, options, province);
        if (answered.isPresent()) {
            try (NodeClient client = connect("auditor")) {
                auditor.receipt(client, answered.get());
            }
        }
        auditor.leak(analyst.leaked());
        suspension(checks.get());
        auditor.search();
    }

    private Optional<String> grantFor(Applying applying) throws IOException {
        walk.step(
                "An application for " + applying.titleEn() + ", reviewed twice, becomes a grant",
                "申请" + applying.titleZh() + "：形式审核、内容审核、数据使用授权");
        try (NodeClient applicant = connect("county-applicant");
                NodeClient formal = connect("city-formal-reviewer");
                NodeClient content = connect(applying.contentReviewer())) {
            Application filed = applying.file(applicant);
            walk.say("filed 已提交 " + filed.getId() + ": " + filed.getScenario());
            expectRefused(
                    "nobody reviews what is not theirs to review",
                    () -> Applying.reviewContent(applicant, filed.getId()));
            Applying.reviewForm(formal, filed.getId());
            Application approved = Applying.reviewContent(content, filed.getId());
            walk.hold(
                    "grant issued 已授权 " + approved.getGrantId(),
                    !approved.getGrantId().isEmpty());
            return Optional.of(approved.getGrantId());
        } catch (StatusRuntimeException e) {
            walk.hold("the application is approved (" + e.getStatus().getDescription() + ")", false);
            return Optional.empty();
        }
    }

    private Optional<VerifyResponse> checks(String grant) throws IOException {
        walk.step("Identity checks over gRPC: yes or no, never a value", "gRPC 身份核验：只答是否，不给数据");
        Person person = province.personAt(17);
        Person other = province.personAt(1234);
        try (NodeClient agency = connect("county-operator")) {
            VerifyResponse match = agency.verification().verify(request(grant, person.idNumber(), person.name()));
            walk.hold(
                    "right name and number: MATCH", match.getAnswer() == VerificationAnswer.VERIFICATION_ANSWER_MATCH);
            VerifyResponse no = agency.verification().verify(request(grant, person.idNumber(), other.name()));
            walk.hold("another's name: NO", no.getAnswer() == VerificationAnswer.VERIFICATION_ANSWER_NO);
            expectRefused(
                    "a number with a wrong check character",
                    () -> agency.verification().verify(request(grant, broken(person.idNumber()), person.name())));
            expectRefused(
                    "a grant nobody was given",
                    () -> agency.verification().verify(request("grant-of-nobody", person.idNumber(), person.name())));
            try (NodeClient foreign = connect("foreign-agency")) {
                expectRefused(
                        "the same grant in another agency's hands",
                        () -> foreign.verification().verify(request(grant, person.idNumber(), person.name())));
            }
            return Optional.of(match);
        } catch (StatusRuntimeException e) {
            walk.hold("the checks are answered (" + e.getStatus().getDescription() + ")", false);
            return Optional.empty();
        }
    }

    private void suspension(String grant) throws IOException {
        walk.step("A suspended grant is refused from the very next call", "授权暂停，下一次调用即被拒绝");
        Person person = province.personAt(17);
        try (NodeClient officer = connect("security-officer");
                NodeClient agency = connect("county-operator")) {
            officer.grants()
                    .suspend(ChangeGrantRequest.newBuilder()
                            .setId(grant)
                            .setReason("演示：疑似刷调用量 (demo)")
                            .build());
            expectRefused(
                    "the next check",
                    () -> agency.verification().verify(request(grant, person.idNumber(), person.name())));
        } catch (StatusRuntimeException e) {
            walk.hold("the grant is suspended (" + e.getStatus().getDescription() + ")", false);
        }
    }

    private void expectRefused(String what, Runnable call) {
        try {
            call.run();
            walk.hold(what + ": refused", false);
        } catch (StatusRuntimeException e) {
            Optional<RefusalDetail> detail = NodeClient.refusal(e);
            walk.hold(
                    what + ": refused, " + detail.map(RefusalDetail::getReason).orElse("with no reason code"),
                    detail.filter(d -> !d.getRecord().getReceipt().isEmpty()).isPresent());
            detail.ifPresent(d -> walk.say(
                    "     " + d.getMessage().getZh() + " / " + d.getMessage().getEn()));
        }
    }

    private static VerifyRequest request(String grant, String number, String name) {
        return VerifyRequest.newBuilder()
                .setGrantId(grant)
                .setProduct(Applying.IDENTITY_CHECK.resource())
                .putFields("id_number", number)
                .putFields("name", name)
                .setPurpose(Purpose.PURPOSE_ADMINISTRATIVE_BASIS)
                .setRegion(COUNTY_CITY_AND_BELOW)
                .build();
    }

    /** The number with its check character moved on by one. */
    private static String broken(String number) {
        char last = number.charAt(17);
        return number.substring(0, 17) + (last == '9' || last == 'X' ? '0' : (char) (last + 1));
    }

    private NodeClient connect(String alias) throws IOException {
        return NodeClient.connect("localhost", port, options.identitiesFolder(), alias);
    }
}
