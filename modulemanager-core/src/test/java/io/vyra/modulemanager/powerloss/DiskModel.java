package io.vyra.modulemanager.powerloss;

import io.vyra.modulemanager.powerloss.FileCall.Copy;
import io.vyra.modulemanager.powerloss.FileCall.MakeFolder;
import io.vyra.modulemanager.powerloss.FileCall.MakeLink;
import io.vyra.modulemanager.powerloss.FileCall.MakeSocket;
import io.vyra.modulemanager.powerloss.FileCall.Mark;
import io.vyra.modulemanager.powerloss.FileCall.Open;
import io.vyra.modulemanager.powerloss.FileCall.Remove;
import io.vyra.modulemanager.powerloss.FileCall.Rename;
import io.vyra.modulemanager.powerloss.FileCall.Resize;
import io.vyra.modulemanager.powerloss.FileCall.SetMode;
import io.vyra.modulemanager.powerloss.FileCall.Sync;
import io.vyra.modulemanager.powerloss.FileCall.Write;
import io.vyra.modulemanager.powerloss.Node.Change;
import io.vyra.modulemanager.powerloss.Node.File;
import io.vyra.modulemanager.powerloss.Node.Folder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A disk of which only what was synced is certain, as POSIX has it and no more.
 *
 * <p>A file's content and mode are durable after fsync of the file; its name only after fsync of the folder it is in, whatever
 * happened to the file itself. A rename is atomic. Every call is one tick; a sync covers the calls that had ended when it began.
 * Not thread-safe.
 */
public final class DiskModel {
    private final Path root;
    private final Folder top = new Folder();
    private List<NameChange> names = new ArrayList<>();
    private int ticks;

    /** @param root an empty folder that is itself durable */
    public DiskModel(Path root) {
        this.root = root;
    }

    /** Carries out the next call of a record. */
    public void apply(FileCall call) {
        switch (call) {
            case Open it -> open(it);
            case Write it -> write(file(it.path()), it.offset(), it.bytes());
            case Copy it -> copy(file(it.from()), file(it.to()), it.bytes());
            case Resize it -> file(it.path()).change(new Change.Size(ticks, Math.toIntExact(it.size())));
            case SetMode it -> {
                // Modes of folders are left out: all are the owner's to read and write.
                if (find(it.path()) instanceof File file) {
                    file.change(new Change.Mode(ticks, it.mode()));
                }
            }
            case MakeFolder it -> name(it.path(), new Folder());
            case MakeLink it -> name(it.path(), new Node.Link(it.target()));
            case MakeSocket it -> name(it.path(), new Node.Socket());
            case Rename it -> rename(it);
            case Remove it ->
                change(
                        List.of(new NameChange.Entry(folder(it.path().getParent()), nameOf(it.path()), null)),
                        require(it.path()));
            case Sync it -> sync(require(it.path()), it.begun());
            case Mark _ -> {}
        }
        ticks++;
    }

    /** What may be found after a power loss now. */
    public CrashImage image(Loss loss) {
        return new CrashImage(imageOf(top, loss.keep(names), loss));
    }

    private void open(Open open) {
        if (find(open.path()) == null) {
            name(open.path(), new File(open.mode()));
        }
        File file = file(open.path());
        if (open.truncates() && file.seen.bytes().length > 0) {
            file.change(new Change.Size(ticks, 0));
        }
        file.position = 0;
        file.appends = open.appends();
    }

    private void write(File file, OptionalLong offset, byte[] bytes) {
        if (offset.isPresent()) {
            file.change(new Change.Bytes(ticks, Math.toIntExact(offset.getAsLong()), bytes));
            return;
        }
        int start = file.appends ? file.seen.bytes().length : file.position;
        file.change(new Change.Bytes(ticks, start, bytes));
        file.position = start + bytes.length;
    }

    private void copy(File from, File to, long bytes) {
        int start = to.seen.bytes().length;
        byte[] part = new byte[Math.toIntExact(bytes)];
        System.arraycopy(from.seen.bytes(), start, part, 0, part.length);
        to.change(new Change.Bytes(ticks, start, part));
    }

    private void name(Path path, Node node) {
        change(List.of(new NameChange.Entry(folder(path.getParent()), nameOf(path), node)), node);
    }

    private void rename(Rename rename) {
        Node node = require(rename.from());
        change(
                List.of(
                        new NameChange.Entry(folder(rename.from().getParent()), nameOf(rename.from()), null),
                        new NameChange.Entry(folder(rename.to().getParent()), nameOf(rename.to()), node)),
                node);
    }

    private void change(List<NameChange.Entry> entries, Node subject) {
        NameChange change = new NameChange(ticks, subject, entries);
        change.entries().forEach(entry -> entry.applyTo(entry.folder().seen));
        names.add(change);
    }

    private void sync(Node node, int begun) {
        switch (node) {
            case File file -> file.sync(begun);
            case Folder folder -> {
                List<NameChange> durable =
                        NameChange.closure(names, change -> change.at() < begun && change.touches(folder));
                durable.forEach(change -> change.entries().forEach(entry -> entry.applyTo(entry.folder().durable)));
                names = new ArrayList<>(names);
                names.removeAll(durable);
            }
            case Node.Link _, Node.Socket _ -> throw new IllegalStateException("neither file nor folder was synced");
        }
    }

    private static CrashImage.Folder imageOf(Folder folder, List<NameChange> kept, Loss loss) {
        Map<String, Node> entries = new TreeMap<>(folder.durable);
        for (NameChange change : kept) {
            change.entries().stream()
                    .filter(entry -> entry.folder() == folder)
                    .forEach(entry -> entry.applyTo(entries));
        }
        Map<String, CrashImage.Entry> images = new TreeMap<>();
        entries.forEach((name, node) -> {
            switch (node) {
                case File file -> {
                    FileState state = loss.keep(file);
                    images.put(name, new CrashImage.File(state.bytes(), state.mode()));
                }
                case Folder inner -> images.put(name, imageOf(inner, kept, loss));
                case Node.Link link -> images.put(name, new CrashImage.Link(link.target()));
                // Nobody listens on it any more, and it is made anew whenever it is needed.
                case Node.Socket _ -> {}
            }
        });
        return new CrashImage.Folder(images);
    }

    private Node find(Path path) {
        Node node = top;
        for (Path name : root.relativize(path)) {
            if (name.toString().isEmpty()) {
                continue;
            }
            if (!(node instanceof Folder folder)) {
                return null;
            }
            node = folder.seen.get(name.toString());
        }
        return node;
    }

    private Node require(Path path) {
        Node node = find(path);
        if (node == null) {
            throw new IllegalStateException("call " + ticks + " names what the record never made: " + path);
        }
        return node;
    }

    private File file(Path path) {
        if (require(path) instanceof File file) {
            return file;
        }
        throw new IllegalStateException("call " + ticks + " treats as a file what is none: " + path);
    }

    private Folder folder(Path path) {
        if (require(path) instanceof Folder folder) {
            return folder;
        }
        throw new IllegalStateException("call " + ticks + " treats as a folder what is none: " + path);
    }

    private static String nameOf(Path path) {
        return path.getFileName().toString();
    }
}
