/** Grants (数据使用授权): what an approved application may use, and their suspension and revocation, which hold from the next call. */
@NullMarked
package org.datareturn.sandbox.grant;

import org.jspecify.annotations.NullMarked;
