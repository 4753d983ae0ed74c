package org.datareturn.verifier.model;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.datareturn.verifier.normalise.NormalValue;
import org.datareturn.verifier.tokens.MatchToken;
import org.datareturn.verifier.tokens.RecordKey;
import org.datareturn.verifier.tokens.RecordTokens;
import org.datareturn.verifier.tokens.SealedFacts;

/**
 * The features of one model's population, in memory: keyed tokens of persons and features under seal, no name, no number,
 * no value in the clear. Sealed for one declaration; another's does not open them. Immutable, thread-safe.
 */
final class FeatureTable {
    private final RecordTokens tokens;
    private final String shape;
    private final int width;
    private final Map<RecordKey, Row> rows;
    /** Opened and compared where there is nobody. */
    private final Row decoy;

    /**
     * A person's row.
     *
     * @param match binds the person to what must agree
     * @param blocks the sealed values, eight to a block
     */
    record Row(MatchToken match, List<SealedFacts> blocks) {
        Row {
            blocks = List.copyOf(blocks);
        }
    }

    /** What came of looking for a person; the same work whichever it is. */
    sealed interface Found {
        /**
         * The person is there and what must agree does.
         *
         * @param codes the opened values, in the order of the inputs
         */
        record Person(List<Integer> codes) implements Found {}

        /** Nobody, or something disagrees. */
        record Nobody() implements Found {}

        /** The person is there, and the seal is broken. */
        record Unreadable() implements Found {}
    }

    /**
     * A table.
     *
     * @param tokens made the keys and seals of the rows
     * @param width how many values a row has
     */
    FeatureTable(RecordTokens tokens, String shape, int width, Map<RecordKey, Row> rows) {
        this.tokens = tokens;
        this.shape = shape;
        this.width = width;
        this.rows = Map.copyOf(rows);
        byte[] random = new byte[MatchToken.LENGTH];
        new SecureRandom().nextBytes(random);
        List<SealedFacts> blocks = new ArrayList<>();
        for (int from = 0; from < width; from += SealedFacts.MOST) {
            blocks.add(new SealedFacts(new byte[SealedFacts.length(Math.min(SealedFacts.MOST, width - from))]));
        }
        this.decoy = new Row(new MatchToken(random), blocks);
    }

    /** How many persons it holds. */
    int persons() {
        return rows.size();
    }

    /** Looks for a person. */
    Found find(List<NormalValue> identity, List<NormalValue> matches) {
        Row row = rows.get(tokens.key(shape, identity));
        boolean present = row != null;
        Row read = row == null ? decoy : row;
        boolean agrees = tokens.match(shape, identity, matches).agreesWith(read.match());
        Optional<List<Integer>> opened = open(identity, read);
        if (present && opened.isEmpty()) {
            return new Found.Unreadable();
        }
        return present && agrees && opened.isPresent() ? new Found.Person(opened.get()) : new Found.Nobody();
    }

    /** Opens every block, also after one that is broken. */
    private Optional<List<Integer>> open(List<NormalValue> identity, Row row) {
        List<Integer> codes = new ArrayList<>();
        for (int i = 0; i < row.blocks().size(); i++) {
            tokens.openFacts(block(shape, i), identity, row.blocks().get(i))
                    .ifPresent(block -> Arrays.stream(block).forEach(codes::add));
        }
        return codes.size() == width ? Optional.of(codes) : Optional.empty();
    }

    /** Puts a person's values under seal. */
    static Row seal(
            RecordTokens tokens, String shape, List<NormalValue> identity, List<NormalValue> matches, int[] codes) {
        List<SealedFacts> blocks = new ArrayList<>();
        for (int from = 0; from < codes.length; from += SealedFacts.MOST) {
            int[] block = Arrays.copyOfRange(codes, from, Math.min(from + SealedFacts.MOST, codes.length));
            blocks.add(tokens.sealNumbers(block(shape, blocks.size()), identity, block));
        }
        return new Row(tokens.match(shape, identity, matches), blocks);
    }

    private static String block(String shape, int index) {
        return shape + "|block " + index;
    }
}
