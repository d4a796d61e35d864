package io.vyra.modulemanager.powerloss;

import io.vyra.modulemanager.powerloss.Node.Change;
import java.util.Arrays;

/** Content and mode of a file at one moment. The bytes are never changed. */
// An array on purpose: states are never compared.
@SuppressWarnings("ArrayRecordComponent")
record FileState(byte[] bytes, int mode) {
    FileState with(Change change) {
        Edit edit = edit();
        edit.apply(change);
        return edit.done();
    }

    Edit edit() {
        return new Edit(this);
    }

    /** Several changes at once, without a copy of the file for each. */
    static final class Edit {
        private byte[] bytes;
        private int size;
        private int mode;

        private Edit(FileState from) {
            bytes = from.bytes.clone();
            size = bytes.length;
            mode = from.mode;
        }

        void apply(Change change) {
            switch (change) {
                case Change.Bytes it -> write(it.offset(), it.bytes(), 0, it.bytes().length);
                case Change.Size it -> resize(it.size());
                case Change.Mode it -> mode = it.mode();
            }
        }

        /** A part of {@code source}, which belongs at {@code offset}, is written; a gap before it reads as zeros. */
        void write(int offset, byte[] source, int from, int to) {
            if (offset + to > size) {
                resize(offset + to);
            }
            System.arraycopy(source, from, bytes, offset + from, to - from);
        }

        private void resize(int wanted) {
            if (wanted < size) {
                Arrays.fill(bytes, wanted, size, (byte) 0);
            } else if (wanted > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(wanted, 2 * bytes.length));
            }
            size = wanted;
        }

        FileState done() {
            return new FileState(Arrays.copyOf(bytes, size), mode);
        }
    }
}
