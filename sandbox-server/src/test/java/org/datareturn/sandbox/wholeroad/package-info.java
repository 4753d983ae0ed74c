/** The whole road: every test here runs against the packaged node in a process of its own, as its users meet it. */
@NullMarked
package org.datareturn.sandbox.wholeroad;

import org.jspecify.annotations.NullMarked;
