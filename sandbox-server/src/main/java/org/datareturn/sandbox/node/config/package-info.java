/** Where the node meets Quarkus: its options in, its parts out as beans for the edges. */
@NullMarked
package org.datareturn.sandbox.node.config;

import org.jspecify.annotations.NullMarked;
