package org.datareturn.sandbox.identity;

import org.datareturn.policy.ReasonCode;

/** Why somebody was not recognised. None says whether an operator of that name exists before a proof was accepted. */
public enum IdentityReason implements ReasonCode {
    /** Neither a certificate nor a token came with the call. */
    IDENTITY_MISSING("请求未携带客户端证书或令牌", "The call carries neither a client certificate nor a token"),
    /** The certificate is not one of this node's, or not for clients. */
    CERTIFICATE_UNTRUSTED("客户端证书不受信任", "The client certificate is not trusted"),
    /** The certificate is outside its validity. */
    CERTIFICATE_EXPIRED("客户端证书不在有效期内", "The client certificate is outside its validity"),
    /** The token is malformed, forged, for somebody else, or incomplete. */
    TOKEN_INVALID("令牌无效", "The token is not valid"),
    /** The token is outside its validity. */
    TOKEN_EXPIRED("令牌不在有效期内，请重新获取", "The token is outside its validity; get a new one"),
    /** Both proofs came and name different operators. */
    PROOFS_DIFFER("客户端证书与令牌不属于同一操作员", "The client certificate and the token name different operators"),
    /** The proof is good and the register has no such operator. */
    OPERATOR_UNKNOWN("操作员未备案", "The operator is not registered"),
    /** The operator or its organisation has been disabled. */
    OPERATOR_DISABLED("操作员或其单位已停用", "The operator or its organisation has been disabled");

    private final String zh;
    private final String en;

    IdentityReason(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    @Override
    public Kind kind() {
        return Kind.UNAUTHENTICATED;
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
