package io.vyra.modulemanager.powerloss;

import java.nio.file.Path;
import java.util.OptionalLong;

/** One system call that succeeded and changed, or synced, something. Paths are absolute. Modes hold permission bits only. */
public sealed interface FileCall {

    /** A file was opened for writing; it is made when missing. Later writes without an offset begin at its start, or at its end. */
    record Open(Path path, boolean truncates, boolean appends, int mode) implements FileCall {}

    /** @param offset empty: where the last such write ended */
    // An array on purpose: nobody compares writes, and a record of them holds megabytes.
    @SuppressWarnings("ArrayRecordComponent")
    record Write(Path path, OptionalLong offset, byte[] bytes) implements FileCall {}

    /** The next bytes of one file were appended to another one that holds those before them. */
    record Copy(Path from, Path to, long bytes) implements FileCall {}

    record Resize(Path path, long size) implements FileCall {}

    record SetMode(Path path, int mode) implements FileCall {}

    record MakeFolder(Path path, int mode) implements FileCall {}

    record MakeLink(Path path, String target) implements FileCall {}

    record MakeSocket(Path path) implements FileCall {}

    record Rename(Path from, Path to) implements FileCall {}

    /** Of a file, a link, a socket or an empty folder. */
    record Remove(Path path) implements FileCall {}

    /** @param begun how many calls of the record had ended when the sync began: only those are durable after it */
    record Sync(Path path, int begun) implements FileCall {}

    /** A line that the recorded process wrote to its standard output. */
    record Mark(String text) implements FileCall {}
}
