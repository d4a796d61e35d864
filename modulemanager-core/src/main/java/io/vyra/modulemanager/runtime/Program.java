package io.vyra.modulemanager.runtime;

import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command of a module made ready to execute.
 *
 * @param file      the program, absolute
 * @param arguments the command as the manifest has it, the program's name first
 * @param folder    working folder, absolute
 */
record Program(Path file, List<String> arguments, Path folder) {
    private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";
    private static final Map<Integer, String> MACHINES =
            Map.of(3, "x86", 8, "mips", 40, "arm (32 bit)", 62, "amd64", 183, "arm64", 243, "riscv");
    private static final Map<String, Integer> OWN_MACHINE =
            Map.of("amd64", 62, "x86_64", 62, "aarch64", 183, "arm", 40, "riscv64", 243);

    /**
     * A program with a {@code /} is relative to the tree, any other is looked up on the {@code PATH} of the module's environment.
     *
     * @throws ProblemException of type {@code START_FAILED} when it or the working folder does not exist or may not be executed
     */
    static Program resolve(List<String> command, Path tree, String workingDir, Map<String, String> environment) {
        String name = command.getFirst();
        try {
            Path folder = tree.resolve(workingDir).normalize();
            if (!folder.startsWith(tree.normalize())) {
                throw failed("The working folder '" + workingDir + "' leaves the module's tree.");
            }
            if (!Files.isDirectory(folder)) {
                throw failed("The working folder '" + workingDir + "' (" + folder + ") does not exist in the module.");
            }
            Path file = name.contains("/")
                    ? checked(name, tree.resolve(name).normalize())
                    : onPath(name, environment.getOrDefault("PATH", DEFAULT_PATH));
            return new Program(file, List.copyOf(command), folder);
        } catch (InvalidPathException e) {
            throw failed("The command '" + name + "' is not a file name: " + e.getReason() + ".");
        }
    }

    private static Path checked(String name, Path file) {
        if (!Files.exists(file)) {
            throw failed("The command '" + name + "' does not exist: no such file as " + file
                    + ". Correct 'command' in module_runtime.yaml.");
        }
        if (Files.isDirectory(file)) {
            throw failed("The command '" + name + "' (" + file + ") is a folder, not a program.");
        }
        if (!Files.isExecutable(file)) {
            throw failed("The command '" + name + "' (" + file
                    + ") is not executable. Set its x-bit (chmod +x) before packing the module.");
        }
        return file;
    }

    private static Path onPath(String name, String path) {
        for (String folder : path.split(":")) {
            Path file = Path.of(folder.isEmpty() ? "." : folder).resolve(name).toAbsolutePath();
            if (Files.isRegularFile(file) && Files.isExecutable(file)) {
                return file;
            }
        }
        throw failed("The command '" + name + "' was not found on the module's PATH (" + path
                + "). Install it, or name a program of the module with a '/', for example ./" + name + ".");
    }

    /** The words for an execve that failed although the file exists and has its x-bit. */
    ProblemException refused(int errno) {
        String what = "The command '" + arguments.getFirst() + "' (" + file + ") could not be executed: ";
        Optional<String> interpreter = interpreter();
        return failed(
                switch (errno) {
                    case ErrorNumber.NO_SUCH_FILE ->
                        interpreter
                                .map(name -> what + "its interpreter '" + name
                                        + "' does not exist. Install it, or correct" + " the first line of the script.")
                                .orElse(what
                                        + "the loader it was linked for does not exist on this machine; it was built"
                                        + " for another system or C library.");
                    case ErrorNumber.NOT_EXECUTABLE_FORMAT ->
                        machine()
                                .map(machine -> what + "it is built for the architecture " + machine
                                        + ", this machine is " + System.getProperty("os.arch") + ".")
                                .orElse(what + "it is neither a program of this machine nor a script that begins with"
                                        + " '#!' and its interpreter.");
                    case ErrorNumber.PERMISSION_DENIED ->
                        what
                                + "permission denied. The file, its interpreter or a folder above it may not be executed by the"
                                + " user the module runs as, or the file system is mounted noexec.";
                    default -> what + ErrorNumber.inWords(errno) + ".";
                });
    }

    private Optional<String> interpreter() {
        String head = new String(head(), StandardCharsets.ISO_8859_1);
        if (!head.startsWith("#!")) {
            return Optional.empty();
        }
        String line = head.substring(2).lines().findFirst().orElse("");
        return Optional.of(line.strip().split("[ \\t]", 2)[0].replaceAll("\\p{Cntrl}", "?"));
    }

    /** The architecture of an ELF file ({@code e_machine}, System V gABI chapter 4) when it is not this machine's. */
    private Optional<String> machine() {
        byte[] head = head();
        boolean elf = head.length >= 20 && head[0] == 0x7f && head[1] == 'E' && head[2] == 'L' && head[3] == 'F';
        if (!elf) {
            return Optional.empty();
        }
        int low = head[5] == 2 ? 19 : 18;
        int machine = (head[low] & 0xff) | (head[37 - low] & 0xff) << 8;
        boolean own = OWN_MACHINE.getOrDefault(System.getProperty("os.arch"), machine) == machine;
        return own ? Optional.empty() : Optional.of(MACHINES.getOrDefault(machine, "number " + machine + " of ELF"));
    }

    private byte[] head() {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(256);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    private static ProblemException failed(String detail) {
        return new ProblemException(ProblemType.START_FAILED, detail);
    }
}
