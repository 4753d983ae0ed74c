/**
 * The one road of every call: authenticate, load the grant, authorise, do, release, mark, record, answer. A refusal walks
 * the same road and is recorded like an answer.
 */
@NullMarked
package org.datareturn.sandbox.road;

import org.jspecify.annotations.NullMarked;
