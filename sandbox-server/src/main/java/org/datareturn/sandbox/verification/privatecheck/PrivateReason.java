package org.datareturn.sandbox.verification.privatecheck;

import org.datareturn.policy.ReasonCode;

/** Reasons of private checks beyond those of the verifier itself. */
public enum PrivateReason implements ReasonCode {
    /** The grant allows no private checks. */
    PRIVATE_CHECK_NOT_GRANTED(Kind.DENIED, "该授权不包含隐私核验。", "This grant does not allow private checks."),
    /** No table can be made: the registry's rows were not kept when it was loaded. */
    PRIVATE_REGISTRY_NOT_KEPT(
            Kind.UNAVAILABLE,
            "产品 {0} 的登记库没有为隐私核验保存密封数据，请重新装载登记库。",
            "The registry of the product {0} was not kept for private checks; it has to be loaded again."),
    /** A table would take too long to make while somebody waits. */
    PRIVATE_REGISTRY_TOO_LARGE(
            Kind.PRECONDITION,
            "产品 {0} 的登记库超过 {1} 条，不支持隐私核验。",
            "The registry of the product {0} has more than {1} entries; it cannot be checked privately.");

    private final Kind kind;
    private final String zh;
    private final String en;

    PrivateReason(Kind kind, String zh, String en) {
        this.kind = kind;
        this.zh = zh;
        this.en = en;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public String zh() {
        return zh;
    }

    @Override
    public String en() {
        return en;
    }
}
