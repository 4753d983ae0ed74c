/** The demo: the whole road once, on a synthetic province, each step printed with its result. */
@NullMarked
package org.datareturn.sandbox.cli.demo;

import org.jspecify.annotations.NullMarked;
