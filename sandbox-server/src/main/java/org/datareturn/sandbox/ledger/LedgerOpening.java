package org.datareturn.sandbox.ledger;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.util.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.datareturn.sandbox.keys.DurableFiles;

/**
 * Opens a ledger folder: makes a new one, or reads the whole journal and holds it against everything that was ever
 * acknowledged.
 *
 * <p>A batch is acknowledged after its commit frame is on disk. So after a crash only the last batch can be incomplete,
 * and it is cut off if and only if neither the note of what was acknowledged nor the public checkpoint counts it and
 * nothing committed lies behind it. Any other damage means that acknowledged entries are gone, and the ledger stays shut. Tiles
 * are compared with the journal and made again where they differ.
 */
final class LedgerOpening {
    private final LedgerFolder folder;
    private final NoteSigner signer;
    private final Aead journalKey;
    private final TileFolder tiles;
    private final HashTree tree;
    private final TraceIndex index;
    private final NavigableMap<Long, Hash> expected = new TreeMap<>();

    private LedgerOpening(LedgerFolder folder, NoteSigner signer, Aead journalKey, SecureRandom random) {
        this.folder = folder;
        this.signer = signer;
        this.journalKey = journalKey;
        this.tiles = new TileFolder(folder.publicFiles());
        this.tree = new HashTree(tiles);
        this.index = new TraceIndex(random);
    }

    static LedgerStore open(LedgerFolder folder, NoteSigner signer, Aead journalKey, SecureRandom random)
            throws LedgerUnavailableException, IOException {
        LedgerOpening opening = new LedgerOpening(folder, signer, journalKey, random);
        if (folder.isNew()) {
            opening.create();
        }
        return opening.replay();
    }

    // The public folder comes last and whole, so that a crash in here leaves what still counts as new.
    private void create() throws IOException {
        Path beside = folder.publicFiles().resolveSibling("log.new");
        DurableFiles.makeFolder(beside);
        Checkpoint empty = new Checkpoint(signer.verifierKey().name(), 0, Hash.sha256());
        DurableFiles.write(
                beside.resolve(TileFolder.CHECKPOINT), signer.sign(empty.text()).getBytes(StandardCharsets.UTF_8));
        DurableFiles.write(folder.journal(), Journal.HEADER);
        Acknowledged.create(folder.acknowledged());
        Files.move(beside, folder.publicFiles(), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.forceFolder(folder.path());
    }

    private LedgerStore replay() throws LedgerUnavailableException, IOException {
        LedgerStore.Committed published = readCheckpoint();
        if (!Files.exists(folder.journal())) {
            throw damaged("the journal is missing");
        }
        if (!Files.exists(folder.acknowledged())) {
            throw damaged("the note of what was acknowledged is missing");
        }
        Journal journal = Journal.open(folder.journal());
        Acknowledged acknowledged = Acknowledged.open(folder.acknowledged());
        boolean opened = false;
        try {
            LedgerStore store = replay(journal, acknowledged, published);
            opened = true;
            return store;
        } finally {
            if (!opened) {
                acknowledged.close();
                journal.close();
            }
        }
    }

    private LedgerStore replay(Journal journal, Acknowledged acknowledged, LedgerStore.Committed published)
            throws LedgerUnavailableException, IOException {
        if (!journal.hasHeader()) {
            throw damaged("the journal's header");
        }
        Acknowledged.State told = acknowledged.read().orElseThrow(() -> damaged("the note of what was acknowledged"));
        expect(published.checkpoint().size(), published.checkpoint().root());
        expect(told.size(), told.root());
        long committedEnd = Journal.HEADER.length;
        String lastNote = published.note();
        meet(0, Hash.sha256());
        List<PlacedEntry> batch = new ArrayList<>();
        Journal.Scan scan = journal.scan(committedEnd);
        for (Optional<Journal.Frame> read = scan.next(); read.isPresent(); read = scan.next()) {
            Journal.Frame frame = read.get();
            if (frame.kind() == Journal.ENTRY) {
                batch.add(new PlacedEntry(frame.position(), frame.payload()));
            } else {
                Journal.Commit commit = Journal.Commit.of(frame.payload().toByteArray());
                if (commit.batchStart() != committedEnd) {
                    throw damaged("the commit at " + frame.position() + " is of another place");
                }
                apply(batch, commit.note());
                lastNote = commit.note();
                batch.clear();
                committedEnd = frame.next();
            }
        }
        if (!expected.isEmpty()) {
            throw damaged("entries up to " + expected.lastKey() + " were acknowledged, " + tree.size() + " are whole");
        }
        LedgerStore.Committed now = readNote(lastNote, "the last commit");
        cutTail(journal, committedEnd);
        tiles.writeFull(tree);
        tiles.writePartial(tree);
        tiles.publish(now.note());
        acknowledged.write(now.checkpoint());
        return new LedgerStore(folder, journal, acknowledged, tree, tiles, index, signer, journalKey, now);
    }

    // A size that was stated to the outside must turn up in the journal under the same root.
    private void expect(long size, Hash root) throws LedgerUnavailableException {
        Hash other = expected.put(size, root);
        if (other != null && !other.equals(root)) {
            throw damaged("two roots were stated for size " + size);
        }
    }

    private void meet(long size, Hash root) throws LedgerUnavailableException {
        Hash stated = expected.remove(size);
        if (stated != null && !stated.equals(root)) {
            throw damaged("another root was stated for size " + size);
        }
    }

    private record PlacedEntry(long position, Bytes payload) {}

    // The signature is checked on the last commit only: its root covers every entry before it.
    private void apply(List<PlacedEntry> batch, String note) throws LedgerUnavailableException, IOException {
        for (PlacedEntry placed : batch) {
            JournalEntry.Outline entry = JournalEntry.outline(placed.payload().toByteArray(), journalKey)
                    .orElseThrow(() -> damaged("entry " + index.size() + " cannot be opened"));
            tree.append(Hash.leaf(entry.commitment().bytes()));
            tiles.append(entry.commitment());
            index.add(entry.traceId(), placed.position());
        }
        tiles.writeFull(tree);
        Checkpoint recomputed = new Checkpoint(signer.verifierKey().name(), tree.size(), tree.root(tree.size()));
        if (!note.startsWith(recomputed.text() + "\n")) {
            throw damaged("the commit at " + tree.size() + " does not fit its entries");
        }
        meet(tree.size(), recomputed.root());
    }

    private void cutTail(Journal journal, long committedEnd) throws LedgerUnavailableException, IOException {
        if (journal.end() == committedEnd) {
            return;
        }
        if (journal.hasCommitOfAnotherBatch(committedEnd)) {
            throw damaged("committed entries lie behind a damaged place at " + committedEnd);
        }
        journal.truncate(committedEnd);
    }

    private LedgerStore.Committed readCheckpoint() throws LedgerUnavailableException, IOException {
        if (!Files.exists(folder.checkpoint())) {
            throw damaged("the checkpoint is missing");
        }
        byte[] bytes = Files.readAllBytes(folder.checkpoint());
        return readNote(new String(bytes, StandardCharsets.UTF_8), "the checkpoint");
    }

    private LedgerStore.Committed readNote(String text, String what) throws LedgerUnavailableException {
        VerifierKey key = signer.verifierKey();
        SignedNote note = SignedNote.parse(text).orElseThrow(() -> damaged(what));
        Checkpoint checkpoint = Checkpoint.parse(note.text()).orElseThrow(() -> damaged(what));
        boolean known =
                note.signatures().stream().anyMatch(s -> s.keyName().equals(key.name()) && s.keyId() == key.id());
        if (!known || !checkpoint.origin().equals(key.name())) {
            throw new LedgerUnavailableException(LedgerReason.LEDGER_OF_ANOTHER_KEY, checkpoint.origin());
        }
        if (!note.isSignedBy(key)) {
            throw damaged(what);
        }
        return new LedgerStore.Committed(checkpoint, text);
    }

    private static LedgerUnavailableException damaged(String what) {
        return new LedgerUnavailableException(LedgerReason.LEDGER_DAMAGED, what);
    }
}
