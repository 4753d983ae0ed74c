/** The resource catalogue (公共数据资源目录): what can be applied for, whose it is and who reviews its content. */
@NullMarked
package org.datareturn.sandbox.catalogue;

import org.jspecify.annotations.NullMarked;
