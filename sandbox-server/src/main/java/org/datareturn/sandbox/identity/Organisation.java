package org.datareturn.sandbox.identity;

/**
 * A registered organisation (备案, requirement C4).
 *
 * @param code credit code (GB 32100)
 * @param name registered name
 * @param kind what it is in the return of data
 * @param region the division it belongs to and, for an authority, is responsible for
 */
public record Organisation(String code, String name, Kind kind, Region region) {
    /** What an organisation is in the return of data (SD-3 §3, §6.2). */
    public enum Kind {
        /** 公共管理和服务机构: applies for data or provides it. */
        AGENCY,
        /** 大数据工作主管部门: formal review, and content review of base-library resources. */
        DATA_AUTHORITY,
        /** 行业主管部门: content review of the resources of its trade; may provide data too. */
        INDUSTRY_AUTHORITY
    }

    /**
     * @throws IllegalArgumentException when the code is invalid or the name is blank
     */
    public Organisation {
        if (!CreditCode.isValid(code)) {
            throw new IllegalArgumentException("not a unified social credit code (GB 32100): " + code);
        }
        if (name.isBlank()) {
            throw new IllegalArgumentException("an organisation has a name");
        }
    }
}
