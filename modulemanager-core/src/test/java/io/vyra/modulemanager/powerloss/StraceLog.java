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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what {@code strace -f -y -xx} wrote (strace 5.6 or newer) into the calls that changed something below one folder.
 *
 * <p>A call counts from where it returned, because threads run beside each other; a sync covers only what had returned when it began.
 * A call of a kind that is not understood is an {@link IllegalStateException}: a change that is overlooked would make the proof worthless.
 */
public final class StraceLog {
    /** The calls to record; {@code ?} lets strace skip those that a processor architecture does not have. */
    public static final String CALLS =
            "trace=?open,?openat,?openat2,?creat,?write,?pwrite64,?writev,?pwritev,?pwritev2,?rename,"
                    + "?renameat,?renameat2,?unlink,?unlinkat,?mkdir,?mkdirat,?rmdir,?symlink,?symlinkat,?link,?linkat,?mknod,?mknodat,"
                    + "?truncate,?ftruncate,?fallocate,?fsync,?fdatasync,?copy_file_range,?sendfile,?splice,?chmod,?fchmod,?fchmodat,"
                    + "?fchmodat2,?chdir,?fchdir,?clone,?clone3,?fork,?vfork,?bind";

    private static final String UNFINISHED = " <unfinished ...>";
    private static final Pattern RESUMED = Pattern.compile("<\\.\\.\\. \\w+ resumed>");
    private static final Pattern SOCKET = Pattern.compile("sun_path=\"([^\"]*)\"");
    /** The recorder sets this one, see {@link SystemCallRecorder}. */
    private static final int UMASK = 0022;

    private final Path root;
    private final List<FileCall> calls = new ArrayList<>();
    private final Map<String, Begun> unfinished = new HashMap<>();
    private final Map<String, Path> workingFolders = new HashMap<>();

    private record Begun(String text, int at) {}

    /** @param root a real path: what is not below it is left out */
    public StraceLog(Path root) {
        this.root = root;
    }

    /** In the order in which the calls returned. */
    public List<FileCall> calls() {
        return List.copyOf(calls);
    }

    /** Takes the next line of the record. */
    public void line(String line) {
        int space = line.indexOf(' ');
        String process = line.substring(0, space);
        String text = line.substring(space).stripLeading();
        if (text.startsWith("+++") || text.startsWith("---")) {
            return;
        }
        if (text.endsWith(UNFINISHED)) {
            unfinished.put(process, new Begun(text.substring(0, text.length() - UNFINISHED.length()), calls.size()));
            return;
        }
        int begun = calls.size();
        Matcher resumed = RESUMED.matcher(text);
        if (resumed.lookingAt()) {
            Begun beginning = unfinished.remove(process);
            if (beginning == null) {
                throw new IllegalStateException("a call is resumed that never began: " + line);
            }
            begun = beginning.at();
            text = beginning.text() + text.substring(resumed.end());
        }
        call(process, text, begun);
    }

    private void call(String process, String text, int begun) {
        int open = text.indexOf('(');
        int end = text.lastIndexOf(" = ");
        int close = end < 0 ? -1 : text.lastIndexOf(')', end);
        if (open < 0 || close < 0) {
            throw new IllegalStateException("not a call: " + shortened(text));
        }
        String result = text.substring(end + 3);
        if (result.startsWith("-") || result.startsWith("?")) {
            return;
        }
        String[] arguments = text.substring(open + 1, close).split(", ", -1);
        understand(process, text.substring(0, open), arguments, result, begun);
    }

    private void understand(String process, String name, String[] arguments, String result, int begun) {
        switch (name) {
            case "clone", "clone3", "fork", "vfork" -> {
                if (workingFolders.containsKey(process)) {
                    workingFolders.put(result, workingFolders.get(process));
                }
            }
            case "chdir" -> workingFolders.put(process, path(process, arguments[0]));
            case "fchdir" -> workingFolders.put(process, descriptor(arguments[0]));
            case "open" -> opened(process, path(process, arguments[0]), arguments, 1);
            case "openat" -> opened(process, path(process, arguments[0], arguments[1]), arguments, 2);
            case "creat" -> add(new Open(path(process, arguments[0]), true, false, mode(arguments[1])));
            case "write" -> written(arguments, OptionalLong.empty(), result);
            case "pwrite64" -> written(arguments, OptionalLong.of(Long.parseLong(arguments[3])), result);
            case "ftruncate" -> add(new Resize(descriptor(arguments[0]), number(arguments[1])));
            case "truncate" -> add(new Resize(path(process, arguments[0]), number(arguments[1])));
            case "copy_file_range" -> copied(descriptor(arguments[0]), descriptor(arguments[2]), result);
            case "sendfile" -> copied(descriptor(arguments[1]), descriptor(arguments[0]), result);
            case "chmod" -> add(new SetMode(path(process, arguments[0]), octal(arguments[1])));
            case "fchmod" -> add(new SetMode(descriptor(arguments[0]), octal(arguments[1])));
            case "fchmodat", "fchmodat2" ->
                add(new SetMode(path(process, arguments[0], arguments[1]), octal(arguments[2])));
            case "mkdir" -> add(new MakeFolder(path(process, arguments[0]), mode(arguments[1])));
            case "mkdirat" -> add(new MakeFolder(path(process, arguments[0], arguments[1]), mode(arguments[2])));
            case "symlink" -> add(new MakeLink(path(process, arguments[1]), string(arguments[0])));
            case "symlinkat" -> add(new MakeLink(path(process, arguments[1], arguments[2]), string(arguments[0])));
            case "rename" -> add(new Rename(path(process, arguments[0]), path(process, arguments[1])));
            case "renameat", "renameat2" ->
                add(new Rename(path(process, arguments[0], arguments[1]), path(process, arguments[2], arguments[3])));
            case "unlink", "rmdir" -> add(new Remove(path(process, arguments[0])));
            case "unlinkat" -> add(new Remove(path(process, arguments[0], arguments[1])));
            case "fsync", "fdatasync" -> add(new Sync(descriptor(arguments[0]), begun));
            case "bind" -> {
                Matcher socket = SOCKET.matcher(String.join(", ", arguments));
                if (socket.find()) {
                    add(new MakeSocket(against(workingFolders.get(process), decoded(socket.group(1)))));
                }
            }
            default -> notUnderstood(process, name, arguments);
        }
    }

    private void opened(String process, Path path, String[] arguments, int at) {
        String flags = arguments[at];
        if (!flags.contains("O_WRONLY") && !flags.contains("O_RDWR")) {
            return;
        }
        if (flags.contains("O_TMPFILE")) {
            notUnderstood(process, "open with O_TMPFILE", arguments);
            return;
        }
        int mode = at + 1 < arguments.length ? mode(arguments[at + 1]) : 0;
        add(new Open(path, flags.contains("O_TRUNC"), flags.contains("O_APPEND"), mode));
    }

    private void written(String[] arguments, OptionalLong offset, String result) {
        Path path = descriptor(arguments[0]);
        if (path != null && path.startsWith(root)) {
            byte[] bytes = bytes(arguments[1]);
            int length = Integer.parseInt(result);
            if (bytes.length < length) {
                throw new IllegalStateException(
                        "a write of " + length + " bytes to " + path + " was recorded only in part");
            }
            add(new Write(path, offset, Arrays.copyOf(bytes, length)));
        } else if (arguments[0].startsWith("1<")) {
            calls.add(new Mark(string(arguments[1]).strip()));
        }
    }

    private void copied(Path from, Path to, String result) {
        if (Long.parseLong(result) > 0) {
            add(new Copy(from, to, Long.parseLong(result)));
        }
    }

    private void notUnderstood(String process, String name, String[] arguments) {
        for (String argument : arguments) {
            boolean isInside = argument.startsWith("\"")
                    ? isInside(against(workingFolders.get(process), string(argument)))
                    : isInside(descriptor(argument));
            if (isInside) {
                throw new IllegalStateException(
                        "the model of the disk does not know " + name + "(" + String.join(", ", arguments) + ")");
            }
        }
    }

    /** Adds a call if what it changes is below the root and has a name still. */
    private void add(FileCall call) {
        boolean isInside = switch (call) {
            case Open it -> isInside(it.path());
            case Write it -> isInside(it.path());
            case Copy it -> isInside(it.to());
            case Resize it -> isInside(it.path());
            case SetMode it -> isInside(it.path());
            case MakeFolder it -> isInside(it.path());
            case MakeLink it -> isInside(it.path());
            case MakeSocket it -> isInside(it.path());
            case Rename it -> isInside(it.from()) || isInside(it.to());
            case Remove it -> isInside(it.path());
            case Sync it -> isInside(it.path());
            case Mark _ -> true;
        };
        if (isInside) {
            calls.add(call);
        }
    }

    private boolean isInside(Path path) {
        return path != null && path.startsWith(root);
    }

    private Path path(String process, String argument) {
        return against(workingFolders.get(process), string(argument));
    }

    private Path path(String process, String folder, String argument) {
        Path base = folder.contains("<") ? descriptor(folder) : workingFolders.get(process);
        return against(base, string(argument));
    }

    /** Null when it cannot be known: then it is a path of another program, as the manager's are absolute. */
    private static Path against(Path folder, String name) {
        Path path = Path.of(name);
        if (path.isAbsolute()) {
            return path.normalize();
        }
        return folder == null ? null : folder.resolve(path).normalize();
    }

    /** The path of {@code 7<path>}; null when it is no file, or one without a name. */
    private static Path descriptor(String argument) {
        int open = argument.indexOf('<');
        int close = argument.lastIndexOf('>');
        if (open < 0 || close < open || argument.endsWith("(deleted)")) {
            return null;
        }
        String text = argument.substring(open + 1, close);
        String path = text.startsWith("\\x") ? decoded(text) : text;
        return path.startsWith("/") && !path.endsWith(" (deleted)") ? Path.of(path) : null;
    }

    private static String string(String argument) {
        return new String(bytes(argument), StandardCharsets.UTF_8);
    }

    private static String decoded(String hex) {
        return new String(bytes('"' + hex + '"'), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String quoted) {
        if (!quoted.startsWith("\"") || !quoted.endsWith("\"")) {
            throw new IllegalStateException("not a whole string: " + shortened(quoted));
        }
        byte[] bytes = new byte[(quoted.length() - 2) / 4];
        for (int i = 0; i < bytes.length; i++) {
            int at = 1 + 4 * i;
            bytes[i] = (byte)
                    (Character.digit(quoted.charAt(at + 2), 16) << 4 | Character.digit(quoted.charAt(at + 3), 16));
        }
        return bytes;
    }

    private static long number(String argument) {
        return Long.decode(argument);
    }

    private static int octal(String argument) {
        return Integer.parseInt(argument, 8) & 07777;
    }

    private static int mode(String argument) {
        return octal(argument) & ~UMASK;
    }

    private static String shortened(String text) {
        return text.length() > 300 ? text.substring(0, 300) + "…" : text;
    }
}
