package io.vyra.modulemanager.runtime;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The command line of {@code module-shim}; its counterpart is {@code main.c}. */
final class ShimCommand {
    private static final int MAX_NOTES = 8;
    private static final int MAX_NOTE = 300;
    private final List<String> words = new ArrayList<>();

    private ShimCommand(Path shim, String mode) {
        words.add(shim.toString());
        words.add(mode);
        set("manager", ProcessHandle.current().pid());
    }

    static ShimCommand run(Path shim, RunFolder folder, String key, LaunchSpec spec, LogRotation rotation) {
        return new ShimCommand(shim, "run")
                .set("run", folder.path())
                .set("key", key)
                .set("logs", spec.logs())
                .set("log_max", rotation.maxBytes())
                .set("log_kept", rotation.kept())
                .set("generation", spec.generation());
    }

    static ShimCommand probe(Path shim) {
        return new ShimCommand(shim, "probe");
    }

    private ShimCommand set(String name, Object value) {
        words.add(name + "=" + value);
        return this;
    }

    ShimCommand limits(ModuleGroups groups, int nice, int oomScoreAdjust) {
        groups.folders().forEach(folder -> set("cgroup", folder));
        groups.unenforced().stream()
                .limit(MAX_NOTES)
                .map(note -> note.replaceAll("\\p{Cntrl}", " "))
                .forEach(note -> set("note", note.substring(0, Math.min(note.length(), MAX_NOTE))));
        return set("nice", nice).set("oom_score_adj", oomScoreAdjust);
    }

    ShimCommand mark(String mark) {
        return set("mark", Leftovers.MARK + "=" + mark);
    }

    ShimCommand as(Optional<Users.User> user) {
        user.ifPresent(account -> set("uid", account.uid())
                .set("gid", account.gid())
                .set("groups", account.groups().stream().map(Object::toString).collect(Collectors.joining(","))));
        return this;
    }

    /** Starts the shim with exactly this environment; its stdin and stdout are pipes to the manager. */
    Process start(Program program, Map<String, String> environment) throws IOException {
        set("chdir", program.folder()).set("exec", program.file());
        words.add("--");
        words.addAll(program.arguments());
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(new File("/"))
                .redirectError(
                        words.get(1).equals("probe") ? ProcessBuilder.Redirect.PIPE : ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        if (words.get(1).equals("probe")) {
            builder.redirectErrorStream(true);
        }
        return builder.start();
    }
}
