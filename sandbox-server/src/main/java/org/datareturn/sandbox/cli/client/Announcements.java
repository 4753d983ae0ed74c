package org.datareturn.sandbox.cli.client;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Optional;
import org.datareturn.proto.v1.EpochAnnouncement;
import org.datareturn.verifier.SourceAttribution;
import org.datareturn.verifier.oprf.Element;
import org.datareturn.verifier.oprf.OprfException;
import org.datareturn.verifier.privatecheck.EpochScope;
import org.datareturn.verifier.privatecheck.PublishedEpoch;
import org.datareturn.verifier.product.Text;

/** What a node announces of a private check, off the wire. */
public final class Announcements {
    private Announcements() {}

    /**
     * The epoch announced, or nothing when what came is none; whether it is the one that was asked for, the caller compares.
     */
    public static Optional<PublishedEpoch> epoch(EpochAnnouncement announced) {
        try {
            return Optional.of(new PublishedEpoch(
                    announced.getProduct(),
                    new EpochScope(announced.getDataset(), announced.getGrantId(), announced.getEpoch()),
                    Element.decode(announced.getPublicKey().toByteArray()),
                    HexFormat.of().formatHex(announced.getEdition().toByteArray()),
                    announced.getRows(),
                    HexFormat.of().formatHex(announced.getTableDigest().toByteArray()),
                    new SourceAttribution(
                            new Text(announced.getProviderZh(), announced.getProviderEn()),
                            announced.getSource(),
                            LocalDate.parse(announced.getAcquiredOn()),
                            announced.getRegistryEdition())));
        } catch (OprfException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
