package org.datareturn.guard;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.datareturn.guard.noise.GaussianTable;

/**
 * The repeatable noise of one edition of a zone. Noise belongs to the cells of the cube of all columns: the noise of a set
 * that is put together from cells is what the noises of those cells add up to, so that splitting a question and adding up
 * the parts gives the same noise again and averages nothing away. Half of its variance stays for good, so that asking in
 * many editions averages only the other half away; that half is new in each edition, so that the difference between two
 * editions is noisy as well. Immutable; thread-safe.
 *
 * @param secret the zone's secret
 * @param table the distribution
 * @param edition the edition's digest
 */
record StickyNoise(ZoneSecret secret, GaussianTable table, String edition) {
    /** Standard deviation of the sum of the two draws a cell gets, in steps: 64·√2. */
    private static final BigDecimal STEPS =
            BigDecimal.valueOf(GaussianTable.STEPS).multiply(new BigDecimal("1.41421356"));

    private static final int DIGITS = 12;

    /**
     * Noise for a set, as a multiple of the standard deviation a single cell has.
     *
     * @param cells the cells the set is put together from, with how often each is added or taken away
     * @param what the function and the column asked: each has draws of its own
     */
    BigDecimal of(Map<String, Integer> cells, String what) {
        long steps = 0;
        for (Map.Entry<String, Integer> cell : cells.entrySet()) {
            int kept = table.draw(secret.bytes(List.of("noise", what, cell.getKey())));
            int renewed = table.draw(secret.bytes(List.of("noise", what, cell.getKey(), edition)));
            steps = Math.addExact(steps, Math.multiplyExact((long) cell.getValue(), kept + renewed));
        }
        return BigDecimal.valueOf(steps).divide(STEPS, DIGITS, RoundingMode.HALF_EVEN);
    }

    /** A number from 0 to below a bound, always the same for the same parts: the blur of a threshold. */
    int blur(int bound, String... parts) {
        byte[] bytes =
                secret.bytes(java.util.stream.Stream.concat(java.util.stream.Stream.of("blur"), List.of(parts).stream())
                        .toList());
        return Math.floorMod(ByteBuffer.wrap(bytes).getLong(), bound);
    }
}
