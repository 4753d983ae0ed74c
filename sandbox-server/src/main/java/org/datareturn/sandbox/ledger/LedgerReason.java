package org.datareturn.sandbox.ledger;

import org.datareturn.policy.ReasonCode;

/** Why the ledger refuses: to record, to open, or to believe a receipt. */
public enum LedgerReason implements ReasonCode {
    /** The ledger could not write; it refuses everything until it is opened again. */
    LEDGER_WRITE_FAILED(
            Kind.UNAVAILABLE,
            "存证日志写入失败，在重新打开之前拒绝一切调用",
            "the ledger could not be written; every call is refused until it is opened again"),
    /** The ledger is closed. */
    LEDGER_CLOSED(Kind.UNAVAILABLE, "存证日志已关闭", "the ledger is closed"),
    /** Too many calls wait for the disk. */
    LEDGER_OVERLOADED(Kind.UNAVAILABLE, "等待写入存证日志的调用过多", "too many calls wait for the ledger"),
    /** The caller was interrupted before its entry was known to be durable. */
    LEDGER_INTERRUPTED(
            Kind.UNAVAILABLE, "等待写入存证日志时被中断", "interrupted while the ledger was writing; no answer may be given"),
    /** Another process holds the folder. */
    LEDGER_IN_USE(
            Kind.PRECONDITION,
            "存证日志目录 {0} 正被另一进程使用，请先停止服务",
            "the ledger folder {0} is in use by another process; stop the server first"),
    /** The file system failed while opening. */
    LEDGER_UNREADABLE(Kind.UNAVAILABLE, "无法读取存证日志：{0}", "the ledger cannot be read: {0}"),
    /** An acknowledged part of the journal is damaged or gone. */
    LEDGER_DAMAGED(
            Kind.INTERNAL,
            "存证日志中已确认的部分损坏或缺失（{0}）；拒绝打开，请从备份恢复",
            "an acknowledged part of the ledger is damaged or missing ({0}); it will not be opened: restore it from its"
                    + " backup"),
    /** The folder belongs to another log or signing key. */
    LEDGER_OF_ANOTHER_KEY(
            Kind.PRECONDITION,
            "该目录中的存证日志由另一密钥或另一来源签署：{0}",
            "the ledger in this folder was signed by another key or for another origin: {0}"),

    /** The receipt is no receipt: its form is wrong. */
    RECEIPT_MALFORMED(Kind.INVALID, "回执格式不正确", "the receipt is malformed"),
    /** The receipt's checkpoint names another log. */
    RECEIPT_OTHER_ORIGIN(Kind.INVALID, "回执来自另一存证日志", "the receipt is of another log"),
    /** No valid signature of the trusted key. */
    RECEIPT_SIGNATURE_INVALID(
            Kind.INVALID, "回执的检查点没有受信密钥的有效签名", "the receipt''s checkpoint bears no valid signature of the trusted key"),
    /** The entry is not in the signed tree at that place. */
    RECEIPT_NOT_INCLUDED(
            Kind.INVALID,
            "回执中的记录不在已签署的日志中",
            "the receipt''s record is not in the signed log at that place, or was altered");

    private final Kind kind;
    private final String zh;
    private final String en;

    LedgerReason(Kind kind, String zh, String en) {
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
