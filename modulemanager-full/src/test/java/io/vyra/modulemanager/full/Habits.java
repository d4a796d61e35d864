package io.vyra.modulemanager.full;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the shells of two people differ in, and what no build may show. */
record Habits(String umask, String locale, String zone) {
    static final Habits USUAL = new Habits("022", "C.UTF-8", "UTC");
    static final Habits OTHER = new Habits("077", "C", "Asia/Tokyo");

    /** A program run by a shell with these habits. */
    Command run(Path folder, Map<String, String> environment, Duration limit, String... words)
            throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(environment);
        all.put("LC_ALL", locale);
        all.put("TZ", zone);
        List<String> shell = new ArrayList<>(List.of("sh", "-c", "umask " + umask + " && exec \"$@\"", "sh"));
        shell.addAll(List.of(words));
        return Command.run(folder, all, limit, shell);
    }
}
