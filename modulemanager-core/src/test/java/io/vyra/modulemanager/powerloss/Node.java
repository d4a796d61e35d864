package io.vyra.modulemanager.powerloss;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a name on the modelled disk stands for, as processes see it and as far as it is durable. */
sealed interface Node {

    /** A change of a file that is lost in a power loss unless the file was synced after it. */
    sealed interface Change {
        long at();

        // An array on purpose: changes are never compared.
        @SuppressWarnings("ArrayRecordComponent")
        record Bytes(long at, int offset, byte[] bytes) implements Change {}

        record Size(long at, int size) implements Change {}

        record Mode(long at, int mode) implements Change {}
    }

    /** Durable content and mode, and the changes since. */
    final class File implements Node {
        final List<Change> pending = new ArrayList<>();
        FileState durable;
        FileState seen;
        /** Where the next write without an offset goes. */
        int position;

        boolean appends;

        File(int mode) {
            durable = new FileState(new byte[0], mode);
            seen = durable;
        }

        void change(Change change) {
            pending.add(change);
            seen = seen.with(change);
        }

        void sync(long before) {
            for (Change change : pending) {
                if (change.at() < before) {
                    durable = durable.with(change);
                }
            }
            pending.removeIf(change -> change.at() < before);
        }
    }

    /** Names as they are seen, and those that are durable. */
    final class Folder implements Node {
        final Map<String, Node> seen = new HashMap<>();
        final Map<String, Node> durable = new HashMap<>();
    }

    record Link(String target) implements Node {}

    /** Identity matters, so that this is no record. */
    final class Socket implements Node {}
}
