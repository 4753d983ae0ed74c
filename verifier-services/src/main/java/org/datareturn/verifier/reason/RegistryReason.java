package org.datareturn.verifier.reason;

import org.datareturn.policy.ReasonCode;

/** Why an edition of a registry was not built or not taken over. None tells what a record holds. */
public enum RegistryReason implements ReasonCode {
    /** Made under a key we do not have. */
    EDITION_KEY_UNKNOWN(
            Kind.PRECONDITION,
            "版本所用的密钥 {0} 不在本节点的密钥集中",
            "The edition was made under the key {0}, which is not in the keyset"),
    /** Not what was sealed, or sealed by somebody else. */
    EDITION_SEAL_BROKEN(
            Kind.PRECONDITION,
            "版本的封签不符：密钥不同，或内容被改动",
            "The seal of the edition does not hold: other keys, or changed facts"),
    /** The registry has another shape than the edition. */
    EDITION_SHAPE_OTHER(
            Kind.PRECONDITION, "版本的结构是 {0}，登记库要求 {1}", "The edition has the shape {0}, and the registry wants {1}"),
    /** A file was added, removed or changed. */
    EDITION_FILES_CHANGED(Kind.PRECONDITION, "版本的文件与封签时不同", "The files of the edition are not those that were sealed"),
    /** What lies beside an edition cannot be read. */
    EDITION_FILE_DAMAGED(Kind.PRECONDITION, "版本的 {0} 不是写入时的内容", "The edition''s {0} is not what was written"),
    /** The edition is another registry's. */
    EDITION_OF_OTHER_REGISTRY(Kind.PRECONDITION, "版本属于登记库 {0}", "The edition is one of the registry {0}"),
    /** Built after another edition than the one that answers. */
    EDITION_OUT_OF_ORDER(
            Kind.PRECONDITION,
            "版本 {0} 不是当前版本的下一个，请重新装载",
            "The edition {0} does not follow the one that answers; load it again"),
    /** Somebody took away or changed what was offered. */
    EDITION_OFFER_GONE(Kind.PRECONDITION, "待接管的版本被移除或改动", "What was offered was changed or removed"),
    /** Taken over, and superseded at once. */
    EDITION_OVERTAKEN(
            Kind.PRECONDITION, "版本 {0} 已被接管，但现由另一版本作答", "The edition {0} was taken over, and another answers now"),
    /** Answers, and may be forgotten by a power cut. */
    EDITION_NOT_DURABLE(
            Kind.UNAVAILABLE,
            "版本 {0} 已开始作答，但未能确认写入磁盘，断电后可能恢复为上一版本",
            "The edition {0} answers, and the disk did not confirm it: after a power cut the one before may answer again"),
    /** One edition at a time. */
    EDITION_BEING_BUILT(
            Kind.PRECONDITION,
            "登记库 {0} 的另一版本正在构建，请待其完成",
            "Another edition of the registry {0} is being built; wait for it"),
    /** A folder that one process holds. */
    REGISTRY_FOLDER_IN_USE(
            Kind.PRECONDITION,
            "{0} 正被另一装载或节点使用，请待其结束",
            "{0} is open elsewhere, by another load or a node; wait for it"),
    /** Rows that cannot be told apart by the column they are ordered by. */
    SOURCE_ORDER(
            Kind.INVALID,
            "排序列（order）在第 {0} 行为空或与上一行相同，请改用能区分各行的列",
            "The column the rows are ordered by is empty or the same in two rows, at row {0}; name one that tells rows"
                    + " apart"),
    /** The database with the rows failed; its own words may quote data. */
    SOURCE_DATABASE(Kind.UNAVAILABLE, "来源数据库出错，SQL 状态 {0}", "The source''s database failed, SQL state {0}"),
    /** The database the registries lie in failed. */
    REGISTRY_DATABASE(Kind.UNAVAILABLE, "登记库所在数据库出错，SQL 状态 {0}", "The registries'' database failed, SQL state {0}");

    private final Kind kind;
    private final String zh;
    private final String en;

    RegistryReason(Kind kind, String zh, String en) {
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
