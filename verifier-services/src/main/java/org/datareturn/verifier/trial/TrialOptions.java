package org.datareturn.verifier.trial;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What is tried.
 *
 * @param product the name of a standard product, or a declaration's file
 * @param registry the CSV file the product is asked of
 * @param canaries a file of planted subjects, one a line, where there are any
 * @param batch the file of questions; standard input when there is none
 */
public record TrialOptions(String product, Path registry, Optional<Path> canaries, Optional<Path> batch) {}
