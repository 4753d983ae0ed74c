/** Who calls: certificates and tokens prove an operator, the register says what the operator may do (备案, SX 4 c). */
@NullMarked
package org.datareturn.sandbox.identity;

import org.jspecify.annotations.NullMarked;
