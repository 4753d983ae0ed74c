package org.datareturn.verifier.registry.jdbc;

import org.jspecify.annotations.Nullable;

/** Looks variables of the environment up; {@code System::getenv} but in tests. */
@FunctionalInterface
public interface Environment {
    /** A variable's value, or null when it is not set. */
    @Nullable String get(String name);
}
