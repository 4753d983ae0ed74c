package org.datareturn.guard.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * One state of a zone's data: its digest, and a fingerprint of each subject's rows, so that two editions can be
 * compared without keeping either.
 *
 * @param digest SHA-256 over all rows whatever their order, in hexadecimal
 * @param subjects for each subject's hash, the sum of the hashes of its rows
 */
public record Edition(String digest, Map<Long, Long> subjects) {
    public Edition {
        subjects = Map.copyOf(subjects);
    }

    /** The edition that these tables are. */
    public static Edition of(Collection<LoadedTable> tables) {
        Map<Long, Long> subjects = new HashMap<>();
        MessageDigest sha256;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
        for (LoadedTable table : tables) {
            long[] hashes =
                    table.rowHashes().stream().mapToLong(Long::longValue).toArray();
            if (table.table().subject().isPresent()) {
                for (int i = 0; i < hashes.length; i++) {
                    subjects.merge(table.subjectHashes().get(i), hashes[i], Long::sum);
                }
            }
            Arrays.sort(hashes);
            ByteBuffer bytes = ByteBuffer.allocate(hashes.length * Long.BYTES);
            bytes.asLongBuffer().put(hashes);
            sha256.update((table.table().name() + '\0').getBytes(StandardCharsets.UTF_8));
            sha256.update(bytes);
        }
        return new Edition(HexFormat.of().formatHex(sha256.digest()), subjects);
    }

    /** How many subjects were added, removed or have any row changed between this edition and another. */
    public int changedSubjects(Edition other) {
        int changed = 0;
        for (Map.Entry<Long, Long> entry : subjects.entrySet()) {
            if (!entry.getValue().equals(other.subjects.get(entry.getKey()))) {
                changed++;
            }
        }
        for (Long subject : other.subjects.keySet()) {
            if (!subjects.containsKey(subject)) {
                changed++;
            }
        }
        return changed;
    }
}
