package org.datareturn.sandbox.grant;

/**
 * Where every call looks up its grant. A suspension, revocation or resumption that has returned to whoever asked for it
 * is seen by every later {@link #find}, in this process and in every other that shares the database. Thread-safe; never
 * throws for trouble of the store.
 */
public interface GrantDirectory {
    /** The grant of that name as it stands now. */
    GrantLookup find(String id);
}
