package org.datareturn.sandbox.verification.batch;

import org.datareturn.policy.ReasonCode;

/** Reasons of batches. */
public enum BatchReason implements ReasonCode {
    /** Rows came before the opening, or a second opening. */
    BATCH_OPENING(Kind.INVALID, "批量核验的第一条消息应为批次信息，且只发送一次", "A batch begins with its opening, sent once"),
    /** A chunk that is no chunk. */
    BATCH_ROWS(
            Kind.INVALID,
            "每条消息应含 1 至 {0} 行，行号递增，值的个数与字段数相同",
            "A message brings 1 to {0} rows, their numbers ascending, with a value for each field"),
    /** Another request under the number of an answered row. */
    BATCH_ROW_DIFFERS(
            Kind.INVALID,
            "该行号在本批次中已用于另一请求，请更换批次号或行号",
            "This row number was used for another request in this batch; use another batch id or row number"),
    /** So scattered that it cannot be remembered. */
    BATCH_SCATTERED(
            Kind.EXHAUSTED,
            "该批次的行号过于零散，请使用连续行号或更换批次号",
            "The row numbers of this batch are too scattered; number rows one after the other, or use another batch id"),
    /** Other streams of the batch went ahead of this one again and again. */
    BATCH_RIVALS(
            Kind.UNAVAILABLE,
            "同一批次正由其他连接处理，请只保留一个连接，按同一批次号继续",
            "Other streams are answering this batch; keep one of them and go on under its id"),
    /** An operator has as many streams open as it may. */
    BATCH_STREAMS(
            Kind.EXHAUSTED,
            "同一操作员最多同时打开 {0} 个批量连接，请先结束其中一个",
            "An operator may have {0} batches open at once; end one of them first"),
    /** A chunk before this one ended the stream. */
    BATCH_ENDED(
            Kind.UNAVAILABLE,
            "本连接前面的行未能答复，连接已结束；可按同一批次号继续",
            "Rows before these could not be answered and the stream has ended; go on under the same batch id"),
    /** Nothing came for too long. */
    BATCH_IDLE(
            Kind.UNAVAILABLE, "批量核验长时间没有进展，连接已结束；可按同一批次号继续", "The batch stood still for too long; go on under its id");

    private final Kind kind;
    private final String zh;
    private final String en;

    BatchReason(Kind kind, String zh, String en) {
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
