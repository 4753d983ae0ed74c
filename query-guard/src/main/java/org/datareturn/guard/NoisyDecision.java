package org.datareturn.guard;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a noisy release mode lets out of one raw result.
 *
 * @param rows keys, then one value for each aggregate, null where it is withheld; in the order of their keys
 * @param suppressedGroups at most so many groups were left out; 0 where the mode cannot say
 * @param margins how far off the values may be, as far as the mode says
 */
record NoisyDecision(List<List<@Nullable Object>> rows, int suppressedGroups, List<Released.Margin> margins) {}
