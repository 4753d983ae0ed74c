package org.datareturn.guard;

import org.datareturn.guard.audit.Lightness;
import org.datareturn.guard.declaration.ReleaseFloor;
import org.roaringbitmap.RoaringBitmap;

/**
 * Which sums of a space concern too few persons of an edition.
 *
 * @param population the edition
 * @param memory tells what a measure's elements stand for
 */
record SpaceLightness(
        Space space, Population population, AnswerMemory memory, int minGroupSize, ReleaseFloor.Dominance rule)
        implements Lightness {
    private static final int ENOUGH = 4096;

    @Override
    public int subjects(RoaringBitmap elements) {
        return switch (space) {
            case Space.Rows(String table) -> population.subjectCount(table, elements, enough());
            case Space.Persons persons -> elements.getCardinality();
            case Space.Amounts amounts -> population.subjectCount(amounts.table(), rows(amounts, elements), enough());
        };
    }

    /** So many that nobody needs to count further. */
    private int enough() {
        return Math.max(ENOUGH, minGroupSize);
    }

    @Override
    public boolean oneElementPerSubject() {
        return switch (space) {
            case Space.Rows(String table) -> population.neverTwoPerSubject(table);
            case Space.Persons persons -> true;
            case Space.Amounts amounts ->
                population.neverTwoPerSubject(amounts.table())
                        && memory.versions(amounts.measureName()).oneElementPerRow();
        };
    }

    @Override
    public boolean canBeDominated() {
        return space instanceof Space.Amounts;
    }

    @Override
    public boolean dominated(RoaringBitmap elements) {
        return switch (space) {
            case Space.Rows rows -> false;
            case Space.Persons persons -> false;
            case Space.Amounts amounts ->
                population.dominated(amounts, elements, memory.versions(amounts.measureName()), rule);
        };
    }

    private RoaringBitmap rows(Space.Amounts amounts, RoaringBitmap elements) {
        return memory.versions(amounts.measureName()).rows(elements);
    }
}
