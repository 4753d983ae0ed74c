package org.datareturn.sandbox.watermark;

/** A table marked for one recipient. Only {@link TableWatermark} makes one. */
public final class Marked {
    private final NeutralTable table;
    private final String recipient;
    private final String release;
    private final int markedCells;

    Marked(NeutralTable table, String recipient, String release, int markedCells) {
        this.table = table;
        this.recipient = recipient;
        this.release = release;
        this.markedCells = markedCells;
    }

    /** The table to send. */
    public NeutralTable table() {
        return table;
    }

    /** Whom it was marked for. */
    public String recipient() {
        return recipient;
    }

    /** The release it is a copy of. */
    public String release() {
        return release;
    }

    /** How many cells were moved; {@link WatermarkTracer#leastCells} says how many tracing needs. */
    public int markedCells() {
        return markedCells;
    }
}
