package io.vyra.modulemanager.module;

import io.vyra.modulemanager.module.ProcessSpec.Port;
import io.vyra.modulemanager.module.ProcessSpec.Protocol;
import io.vyra.modulemanager.module.ProcessSpec.Stop;
import io.vyra.modulemanager.yaml.YamlSection;
import io.vyra.modulemanager.yaml.YamlValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** {@code module_runtime.yaml}: how to run the module. This project's own file, so every unknown key is refused. */
final class ModuleRuntimeFile {
    private static final Set<String> SIGNALS = Set.of("TERM", "INT", "HUP", "QUIT", "USR1", "USR2");
    private static final double MAX_STOP_SECONDS = 3600;
    /** Longest argument or variable, without its closing zero, that Linux hands to a program: MAX_ARG_STRLEN of execve(2). */
    private static final int MAX_ARGUMENT_BYTES = (128 << 10) - 1;

    private ModuleRuntimeFile() {}

    /** Empty only when the findings hold an error. */
    static Optional<ProcessSpec> read(YamlSection file) {
        Optional<String> kind = file.requiredText("kind");
        boolean isContainer = kind.filter("container"::equals).isPresent();
        if (kind.isPresent() && !isContainer && !kind.get().equals("process")) {
            file.value("kind").ifPresent(value -> value.refuse("process or container"));
        }
        Optional<ContainerSpec> container = isContainer ? ContainerSection.read(file) : Optional.empty();
        List<String> command = isContainer ? file.texts("command") : command(file);
        String workingDir = isContainer ? folderInContainer(file) : workingDir(file);
        Map<String, String> environment = environment(file);
        Stop stop = file.section("stop").map(ModuleRuntimeFile::stop).orElse(Stop.DEFAULT);
        Probe probe = file.section("probe").map(ProbeSection::read).orElse(new Probe.Alive());
        List<Port> ports = ports(file);
        boolean pausable = file.flag("pausable", false);
        // An engine has no such setting.
        int nice = isContainer ? 0 : (int) file.wholeNumber("nice", -20, 19).orElse(0);
        int oomScoreAdjust = (int) file.wholeNumber("oom_score_adjust", 0, 1000).orElse(0);
        Optional<String> user = file.value("user").flatMap(ModuleRuntimeFile::user);
        file.refuseUnknownKeys();
        return command.isEmpty() && container.isEmpty()
                ? Optional.empty()
                : Optional.of(new ProcessSpec(
                        command,
                        workingDir,
                        environment,
                        stop,
                        probe,
                        ports,
                        pausable,
                        nice,
                        oomScoreAdjust,
                        user,
                        container));
    }

    private static String folderInContainer(YamlSection file) {
        Optional<String> folder = file.text("working_dir").filter(text -> !text.isEmpty());
        if (folder.isPresent() && !ContainerSection.isAbsolute(folder.get())) {
            file.value("working_dir").ifPresent(value -> value.refuse("an absolute path in the container"));
        }
        return folder.orElse("");
    }

    /** Program and arguments; the findings hold an error when the result is empty. */
    static List<String> command(YamlSection section) {
        Optional<YamlValue> value = section.value("command");
        if (value.isEmpty()) {
            section.error("must have a command, a list of the program and its arguments");
            return List.of();
        }
        if (!value.get().isList()) {
            value.get().refuse("a list of texts such as [bin/run, --fast]");
            return List.of();
        }
        List<YamlValue> items = value.get().items();
        if (items.isEmpty()) {
            value.get().error("must name a program");
            return List.of();
        }
        List<String> command = value.get().texts();
        if (command.size() == items.size()) {
            checkProgram(items.getFirst(), command.getFirst());
            items.forEach(item -> item.text().ifPresent(argument -> checkLength(item, argument)));
        }
        return command;
    }

    private static void checkLength(YamlValue at, String argument) {
        int length = argument.getBytes(StandardCharsets.UTF_8).length;
        if (length > MAX_ARGUMENT_BYTES) {
            at.error("has " + length + " bytes, but Linux hands at most " + MAX_ARGUMENT_BYTES
                    + " to a program; put it into a file of the module");
        }
    }

    private static void checkProgram(YamlValue at, String program) {
        if (program.isBlank()) {
            at.error("must name a program");
        } else if (!program.startsWith("/") && program.contains("/") && leavesTree(program)) {
            at.error("must not lead out of the module's tree but is \"" + program + "\"");
        }
    }

    private static boolean leavesTree(String relative) {
        int depth = 0;
        for (String segment : relative.split("/")) {
            depth += switch (segment) {
                case "", "." -> 0;
                case ".." -> -1;
                default -> 1;
            };
            if (depth < 0) {
                return true;
            }
        }
        return false;
    }

    private static String workingDir(YamlSection file) {
        Optional<String> text = file.text("working_dir").filter(folder -> !folder.isEmpty());
        if (text.isPresent() && (text.get().startsWith("/") || leavesTree(text.get()))) {
            file.value("working_dir").ifPresent(value -> value.refuse("a folder inside the module's tree"));
        }
        return text.orElse(".");
    }

    private static Map<String, String> environment(YamlSection file) {
        Map<String, String> environment = new LinkedHashMap<>();
        file.section("env").map(YamlSection::members).orElse(List.of()).forEach(member -> {
            if (!member.key().matches("[A-Za-z_][A-Za-z0-9_]*")) {
                member.value().error("is no name of an environment variable (letters, digits and _)");
            }
            member.value().textOrNumber().ifPresent(text -> {
                checkLength(member.value(), member.key() + "=" + text);
                environment.put(member.key(), text);
            });
        });
        return environment;
    }

    private static Stop stop(YamlSection section) {
        Optional<String> signal = section.text("signal")
                .map(text -> text.toUpperCase(Locale.ROOT))
                .map(text -> text.startsWith("SIG") ? text.substring(3) : text);
        if (signal.isPresent() && !SIGNALS.contains(signal.get())) {
            section.value("signal")
                    .ifPresent(value -> value.refuse("one of "
                            + String.join(", ", SIGNALS.stream().sorted().toList())));
        }
        Stop stop = new Stop(
                signal.orElse(Stop.DEFAULT.signal()),
                ModuleParamsFile.seconds(
                        section.number("timeout_seconds", 0, MAX_STOP_SECONDS), Stop.DEFAULT.timeout()));
        section.refuseUnknownKeys();
        return stop;
    }

    private static List<Port> ports(YamlSection file) {
        List<Port> ports = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<String> sockets = new HashSet<>();
        for (YamlValue item : file.items("ports")) {
            port(item).ifPresent(port -> {
                if (!names.add(port.name()) || !sockets.add(port.protocol() + ":" + port.number())) {
                    item.error("repeats the name or number of an earlier port");
                }
                ports.add(port);
            });
        }
        return ports;
    }

    private static Optional<Port> port(YamlValue item) {
        if (!item.isMap()) {
            OptionalLong number = item.wholeNumber(1, 65_535);
            return number.isPresent()
                    ? Optional.of(new Port(String.valueOf(number.getAsLong()), (int) number.getAsLong(), Protocol.TCP))
                    : Optional.empty();
        }
        YamlSection entry = item.section();
        OptionalLong number = entry.wholeNumber("port", 1, 65_535);
        if (entry.value("port").isEmpty()) {
            entry.error("must have a port, a whole number between 1 and 65535");
        }
        Optional<String> name = entry.text("name");
        if (name.isPresent() && !name.get().matches("[a-z][a-z0-9_]{0,31}")) {
            entry.value("name").ifPresent(value -> value.refuse("a name of lower-case letters, digits and _"));
        }
        Optional<String> protocol = entry.text("protocol").map(text -> text.toLowerCase(Locale.ROOT));
        if (protocol.isPresent()
                && !protocol.get().equals("tcp")
                && !protocol.get().equals("udp")) {
            entry.value("protocol").ifPresent(value -> value.refuse("tcp or udp"));
        }
        entry.refuseUnknownKeys();
        return number.isPresent()
                ? Optional.of(new Port(
                        name.orElse(String.valueOf(number.getAsLong())),
                        (int) number.getAsLong(),
                        protocol.orElse("tcp").equals("udp") ? Protocol.UDP : Protocol.TCP))
                : Optional.empty();
    }

    private static Optional<String> user(YamlValue value) {
        Optional<String> user = value.textOrNumber();
        if (user.isPresent() && !user.get().matches("[a-z_][a-z0-9_-]{0,31}|\\d{1,10}")) {
            value.refuse("a user name or a numeric user id");
        }
        return user;
    }
}
