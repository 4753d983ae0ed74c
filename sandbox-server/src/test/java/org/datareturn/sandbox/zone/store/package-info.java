/** Tests of the store of zone files. */
@NullMarked
package org.datareturn.sandbox.zone.store;

import org.jspecify.annotations.NullMarked;
