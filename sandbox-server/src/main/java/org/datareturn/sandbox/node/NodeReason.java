package org.datareturn.sandbox.node;

import org.datareturn.policy.ReasonCode;

/** Reasons of a node's own parts: what it will not load, take over or serve. */
public enum NodeReason implements ReasonCode {
    /** Editions are built beside registries in folders only. */
    OFFER_TO_DATABASE(
            Kind.PRECONDITION,
            "本节点的登记库在数据库中，不接受在旁构建的版本",
            "The node keeps its registries in a database and takes no edition built beside it"),
    /** What was said of an edition cannot be understood. */
    OFFER_NOTE_UNREADABLE(
            Kind.PRECONDITION,
            "版本附带的说明本版本程序无法读取，请用与节点相同版本的程序装载",
            "The edition''s note is none that this version understands; load with the node''s own version"),
    /** An edition was offered for a product that asks another registry. */
    OFFER_OF_OTHER_PRODUCT(Kind.PRECONDITION, "产品 {0} 使用另一登记库", "The product {0} asks another registry"),
    /** A system's own failure, which only says in English what it is. */
    EDITION_NOT_READ(Kind.UNAVAILABLE, "新版本读取失败，原因见英文说明", "The edition cannot be read: {0}"),
    /** The folder of a node's own products. */
    PRODUCTS_UNREADABLE(
            Kind.PRECONDITION,
            "产品声明目录 {0} 无法读取，请检查 --products",
            "The folder of products {0} cannot be read; see --products"),
    /** One of a node's own products. */
    PRODUCT_DECLARATION_WRONG(
            Kind.PRECONDITION,
            "{0} 中的产品声明有误：{1}。可先用 ./sandbox product try 试运行",
            "A product''s declaration in {0} is wrong: {1}. Try it with ./sandbox product try"),
    /** A declaration is the zone's protection: one that was changed on disk is not obeyed. */
    ZONE_DECLARATION_CHANGED(
            Kind.PRECONDITION,
            "专区 {0} 的声明与装载数据时不同，请重新装载该专区",
            "The declaration of zone {0} is not the one its data were loaded under; load the zone again");

    private final Kind kind;
    private final String zh;
    private final String en;

    NodeReason(Kind kind, String zh, String en) {
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
