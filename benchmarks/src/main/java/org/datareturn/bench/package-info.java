/** The benchmarks of docs/performance.md, each beside its baseline in one run, printed as JSON lines. */
package org.datareturn.bench;
