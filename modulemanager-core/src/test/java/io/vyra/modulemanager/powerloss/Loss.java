package io.vyra.modulemanager.powerloss;

import io.vyra.modulemanager.powerloss.Node.Change;
import java.util.List;
import java.util.SplittableRandom;

/** Which of the changes that were not synced a power loss takes away. */
public final class Loss {
    /** The unit that a disk writes whole or not at all. */
    private static final int SECTOR = 512;

    /** How a file system orders what it was not asked to order. */
    public enum Manner {
        /** Nothing but what was synced is there. */
        EVERYTHING,
        /** Everything had reached the disk by chance. */
        NOTHING,
        /** Names as a journal has them: up to some moment. Content of files up to some moment of its own, torn at a sector. */
        IN_ORDER,
        /** Any subset of names, any subset of sectors. */
        SCATTERED
    }

    private final Manner manner;
    private final SplittableRandom random;

    /** @param seed of all choices; the same seed on the same disk gives the same image */
    public Loss(Manner manner, long seed) {
        this.manner = manner;
        this.random = new SplittableRandom(seed);
    }

    List<NameChange> keep(List<NameChange> names) {
        return switch (manner) {
            case EVERYTHING -> List.of();
            case NOTHING -> names;
            case IN_ORDER -> names.subList(0, random.nextInt(names.size() + 1));
            case SCATTERED -> NameChange.closure(names, _ -> random.nextInt(3) == 0);
        };
    }

    FileState keep(Node.File file) {
        if (file.pending.isEmpty()) {
            return file.durable;
        }
        return switch (manner) {
            case EVERYTHING -> file.durable;
            case NOTHING -> file.seen;
            case IN_ORDER -> prefix(file);
            case SCATTERED -> random.nextInt(4) == 0 ? file.durable : scattered(file);
        };
    }

    private FileState prefix(Node.File file) {
        int kept = random.nextInt(file.pending.size() + 1);
        FileState.Edit state = file.durable.edit();
        for (Change change : file.pending.subList(0, kept)) {
            state.apply(change);
        }
        if (kept < file.pending.size() && file.pending.get(kept) instanceof Change.Bytes torn) {
            int sectors = random.nextInt(sectorsOf(torn));
            for (int sector = 0; sector < sectors; sector++) {
                writeSector(state, torn, sector);
            }
        }
        return state.done();
    }

    private FileState scattered(Node.File file) {
        FileState.Edit state = file.durable.edit();
        for (Change change : file.pending) {
            if (change instanceof Change.Bytes bytes) {
                for (int sector = 0; sector < sectorsOf(bytes); sector++) {
                    if (random.nextBoolean()) {
                        writeSector(state, bytes, sector);
                    }
                }
            } else if (random.nextBoolean()) {
                state.apply(change);
            }
        }
        return state.done();
    }

    /** Sectors are counted from the start of the file, where the first one may be entered in its middle. */
    private static int sectorsOf(Change.Bytes change) {
        int first = change.offset() / SECTOR;
        int last = (change.offset() + Math.max(1, change.bytes().length) - 1) / SECTOR;
        return last - first + 1;
    }

    private static void writeSector(FileState.Edit state, Change.Bytes change, int sector) {
        int start = (change.offset() / SECTOR + sector) * SECTOR - change.offset();
        int from = Math.max(0, start);
        int to = Math.min(change.bytes().length, start + SECTOR);
        state.write(change.offset(), change.bytes(), from, to);
    }

    @Override
    public String toString() {
        return manner.toString();
    }
}
