/** The private check (隐私核验) on the road: tables of encrypted answers, and evaluations of blinded items under a quota. */
@NullMarked
package org.datareturn.sandbox.verification.privatecheck;

import org.jspecify.annotations.NullMarked;
