/** Models as the node knows them: registered by one person, approved by another, suspended when anything about them changes. */
@NullMarked
package org.datareturn.sandbox.model;

import org.jspecify.annotations.NullMarked;
