package io.vyra.modulemanager.module;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How to run a module, as a plain process or in a container: the content of {@code .module/module_runtime.yaml}.
 *
 * @param command     program and arguments; of a process, a program with a {@code /} is relative to the module's tree, any other is
 *                    looked up on the {@code PATH}. Of a container, the arguments of its entry point; empty: the image's own
 * @param workingDir  of a process, relative to the module's tree, {@code .} by default; never leaves it. Of a container, absolute, or
 *                    empty for the image's own
 * @param environment added to the environment the manager sets
 * @param stop        how to end it
 * @param probe       how to tell that it works
 * @param ports       TCP or UDP ports it listens on
 * @param pausable    whether SIGSTOP and SIGCONT may be used to suspend it
 * @param nice        scheduling niceness, -20 … 19
 * @param oomScoreAdjust added badness for the kernel's out-of-memory choice, 0 … 1000
 * @param user        user to run as; empty: the manager's own user, or that of the image
 * @param container   what it wants of its container; empty: it runs as a plain process
 */
public record ProcessSpec(
        List<String> command,
        String workingDir,
        Map<String, String> environment,
        Stop stop,
        Probe probe,
        List<Port> ports,
        boolean pausable,
        int nice,
        int oomScoreAdjust,
        Optional<String> user,
        Optional<ContainerSpec> container) {

    /** A plain process. */
    public ProcessSpec(
            List<String> command,
            String workingDir,
            Map<String, String> environment,
            Stop stop,
            Probe probe,
            List<Port> ports,
            boolean pausable,
            int nice,
            int oomScoreAdjust,
            Optional<String> user) {
        this(
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
                Optional.empty());
    }

    public ProcessSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        ports = List.copyOf(ports);
        if (command.isEmpty() && container.isEmpty()) {
            throw new IllegalArgumentException("command must name a program");
        }
        if (nice < -20 || nice > 19) {
            throw new IllegalArgumentException("nice must be between -20 and 19 but is " + nice);
        }
        if (oomScoreAdjust < 0 || oomScoreAdjust > 1000) {
            throw new IllegalArgumentException("oom_score_adjust must be between 0 and 1000 but is " + oomScoreAdjust);
        }
    }

    /** The programs that the manager starts: the command's, and an exec probe's. Those of a container are in its image. */
    public List<NamedProgram> programs() {
        if (container.isPresent()) {
            return List.of();
        }
        NamedProgram own = new NamedProgram("/command/0", command.getFirst());
        return probe instanceof Probe.Exec(List<String> words)
                ? List.of(own, new NamedProgram("/probe/command/0", words.getFirst()))
                : List.of(own);
    }

    /**
     * @param pointer where {@code module_runtime.yaml} names it
     * @param name    as it stands there
     */
    public record NamedProgram(String pointer, String name) {
        /** Whether it is a file of the module; otherwise it is one of the machine's, by its path or on the {@code PATH}. */
        public boolean isPackaged() {
            return name.contains("/") && !name.startsWith("/");
        }
    }

    /**
     * @param signal  POSIX signal sent first, without the SIG prefix: TERM, INT, HUP, QUIT, USR1 or USR2
     * @param timeout how long the whole process group has before SIGKILL
     */
    public record Stop(String signal, Duration timeout) {
        public static final Stop DEFAULT = new Stop("TERM", Duration.ofSeconds(10));
    }

    /** A port the module listens on; {@code name} becomes the variable {@code PORT_NAME}, the first port also {@code PORT}. */
    public record Port(String name, int number, Protocol protocol) {
        public Port {
            if (number < 1 || number > 65_535) {
                throw new IllegalArgumentException("port must be between 1 and 65535 but is " + number);
            }
        }
    }

    public enum Protocol {
        TCP,
        UDP
    }
}
