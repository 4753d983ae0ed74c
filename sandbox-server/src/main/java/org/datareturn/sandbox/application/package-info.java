/** The life of an application (返还申请, SD-3 §6): filed, reviewed in form, reviewed in content, granted or refused. */
@NullMarked
package org.datareturn.sandbox.application;

import org.jspecify.annotations.NullMarked;
