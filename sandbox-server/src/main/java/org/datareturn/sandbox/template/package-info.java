/** Approved queries (A5): templates are submitted, assessed, approved by a person, run by id, and suspended by change. */
@NullMarked
package org.datareturn.sandbox.template;

import org.jspecify.annotations.NullMarked;
