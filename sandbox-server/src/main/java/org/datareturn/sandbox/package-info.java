/**
 * The node: one package a capability, plain Java at the core of each and adapters ({@code .grpc}, {@code .http}, {@code
 * .flight}, {@code .jdbc}, {@code .config}) at its edge. {@link org.datareturn.sandbox.road} is the one road every call
 * takes.
 */
@NullMarked
package org.datareturn.sandbox;

import org.jspecify.annotations.NullMarked;
