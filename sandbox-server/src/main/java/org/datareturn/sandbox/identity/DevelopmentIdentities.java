package org.datareturn.sandbox.identity;

import static org.datareturn.policy.Caller.Role.ANALYST;
import static org.datareturn.policy.Caller.Role.APPLICANT;
import static org.datareturn.policy.Caller.Role.AUDITOR;
import static org.datareturn.policy.Caller.Role.CONTENT_REVIEWER;
import static org.datareturn.policy.Caller.Role.FORMAL_REVIEWER;
import static org.datareturn.policy.Caller.Role.OPERATOR;
import static org.datareturn.policy.Caller.Role.PROVIDER;
import static org.datareturn.policy.Caller.Role.SECURITY_OFFICER;

import java.util.List;
import java.util.Set;
import org.datareturn.policy.Caller;
import org.datareturn.sandbox.identity.Organisation.Kind;

/**
 * The cast of a node on its own machine: one county agency that applies, the authorities above it, and a stranger. The
 * regions are real, the organisations and their codes are made up (and valid, GB 32100).
 */
public final class DevelopmentIdentities {
    /** 兖州区民政局: applies, checks and analyses. Its county has no data authority; its city serves it. */
    public static final Organisation COUNTY_CIVIL_AFFAIRS =
            organisation("11370812MB1000010Y", "兖州区民政局（演示）", Kind.AGENCY, "370812");

    /** 济宁市大数据局: formal review. */
    public static final Organisation CITY_DATA_AUTHORITY =
            organisation("11370800MB2000012Y", "济宁市大数据局（演示）", Kind.DATA_AUTHORITY, "370800");

    /** 山东省大数据局: content review of base-library resources; security and audit. */
    public static final Organisation PROVINCIAL_DATA_AUTHORITY =
            organisation("11370000MB30000142", "山东省大数据局（演示）", Kind.DATA_AUTHORITY, "370000");

    /** 山东省民政厅: content review of its trade's resources, which it provides. */
    public static final Organisation PROVINCIAL_CIVIL_AFFAIRS =
            organisation("11370000MB3000022W", "山东省民政厅（演示）", Kind.INDUSTRY_AUTHORITY, "370000");

    /** 山东省公安厅: provides the population base library. */
    public static final Organisation PROVINCIAL_PUBLIC_SECURITY =
            organisation("11370000MB3000030P", "山东省公安厅（演示）", Kind.INDUSTRY_AUTHORITY, "370000");

    /** 曲阜市民政局: another county's agency, which must get nothing of the first one's. */
    public static final Organisation OTHER_COUNTY_AGENCY =
            organisation("11370881MB40000162", "曲阜市民政局（演示）", Kind.AGENCY, "370881");

    private DevelopmentIdentities() {}

    /**
     * One identity that keys and certificates are made for.
     *
     * @param alias name of its folder, {@code [a-z0-9-]+}
     * @param organisation its organisation
     * @param operator the operator, whose roles the register is told
     */
    public record Identity(String alias, Organisation organisation, Operator operator) {}

    /** Everyone, in the order a demonstration meets them. */
    public static List<Identity> all() {
        return List.of(
                identity("county-applicant", COUNTY_CIVIL_AFFAIRS, "王申请", APPLICANT),
                identity("county-operator", COUNTY_CIVIL_AFFAIRS, "婚姻登记系统", OPERATOR),
                identity("county-analyst", COUNTY_CIVIL_AFFAIRS, "李分析", ANALYST),
                identity("city-formal-reviewer", CITY_DATA_AUTHORITY, "赵初审", FORMAL_REVIEWER),
                identity("province-content-reviewer", PROVINCIAL_DATA_AUTHORITY, "钱复审", CONTENT_REVIEWER),
                identity("industry-content-reviewer", PROVINCIAL_CIVIL_AFFAIRS, "孙复审", CONTENT_REVIEWER),
                identity("public-security-provider", PROVINCIAL_PUBLIC_SECURITY, "周提供", PROVIDER),
                identity("security-officer", PROVINCIAL_DATA_AUTHORITY, "吴安全", SECURITY_OFFICER),
                identity("auditor", PROVINCIAL_DATA_AUTHORITY, "郑审计", AUDITOR),
                identity("foreign-agency", OTHER_COUNTY_AGENCY, "冯外县", APPLICANT, OPERATOR, ANALYST));
    }

    /** Enters everyone into a register; those it knows stay enabled or disabled as they are. */
    public static void enter(OperatorRegister register) {
        for (Identity identity : all()) {
            register.register(identity.organisation());
            register.register(identity.operator());
        }
    }

    private static Organisation organisation(String code, String name, Kind kind, String region) {
        return new Organisation(code, name, kind, new Region(region));
    }

    private static Identity identity(String alias, Organisation organisation, String name, Caller.Role... roles) {
        return new Identity(
                alias, organisation, new Operator(new Principal(organisation.code(), alias), name, Set.of(roles)));
    }
}
