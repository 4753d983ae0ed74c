package org.datareturn.verifier.registry;

import java.util.Optional;
import org.datareturn.verifier.reason.VerifierReason;

/**
 * A row that was not taken, named by its place and never by what it says.
 *
 * @param line where the row begins in the file, counting from 1 with the header
 * @param reason what is wrong
 * @param column the column at fault, when it is one
 */
public record RowProblem(long line, VerifierReason reason, Optional<String> column) {}
