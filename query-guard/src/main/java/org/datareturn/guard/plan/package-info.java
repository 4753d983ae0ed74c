/** The guard's own algebra, free of any parser's types: which cells a question asks for and what is computed from them afterwards. */
@NullMarked
package org.datareturn.guard.plan;

import org.jspecify.annotations.NullMarked;
