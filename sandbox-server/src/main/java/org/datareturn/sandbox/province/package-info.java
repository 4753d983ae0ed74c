/**
 * A province that does not exist, for the demo, the tests and the benchmarks: persons in households, marriages,
 * enterprises and benefit claims drawn at random from a seed. Numbers are valid in form and otherwise arbitrary, so that
 * the real registry, guard and engine can be driven without a single real person's data.
 */
@NullMarked
package org.datareturn.sandbox.province;

import org.jspecify.annotations.NullMarked;
