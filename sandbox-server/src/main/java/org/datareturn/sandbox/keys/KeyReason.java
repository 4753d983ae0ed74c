package org.datareturn.sandbox.keys;

import org.datareturn.policy.ReasonCode;

/** Why a key ring could not be opened. Every one of these stops the start of the server. */
public enum KeyReason implements ReasonCode {
    /** The keys folder lies inside the data folder or the other way round. */
    KEYS_NOT_APART(
            Kind.PRECONDITION,
            "密钥目录 {0} 与数据目录 {1} 必须分开存放",
            "the keys folder {0} and the data folder {1} must be kept apart"),
    /** Keys are missing although data made with them exist. */
    KEYS_MISSING(
            Kind.PRECONDITION,
            "缺少密钥文件 {0}：数据目录已有内容，不会重新生成密钥；请从备份恢复密钥目录",
            "the key file {0} is missing: data made with it exist, so no new keys are made; restore the keys folder from"
                    + " its backup"),
    /** A key file cannot be opened with the master key. */
    KEYS_DAMAGED(
            Kind.INTERNAL,
            "密钥文件 {0} 已损坏，或不属于此主密钥；请从备份恢复密钥目录",
            "the key file {0} is damaged or does not belong to this master key; restore the keys folder from its backup"),
    /** Others than the owner may read the keys. */
    KEYS_READABLE_BY_OTHERS(
            Kind.PRECONDITION,
            "密钥文件 {0} 可被其他用户读取；目录权限须为 0700，文件权限须为 0600",
            "{0} can be read by others; the keys folder must be mode 0700 and its files 0600"),
    /** The file system failed. */
    KEYS_UNREADABLE(Kind.UNAVAILABLE, "无法读写密钥目录：{0}", "the keys folder cannot be read or written: {0}");

    private final Kind kind;
    private final String zh;
    private final String en;

    KeyReason(Kind kind, String zh, String en) {
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
