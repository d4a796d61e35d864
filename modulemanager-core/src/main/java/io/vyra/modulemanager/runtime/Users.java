package io.vyra.modulemanager.runtime;

import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The machine's users, from {@code /etc/passwd} and {@code /etc/group} (passwd(5), group(5)). Thread-safe, reads afresh. */
final class Users {
    private static final long ROOT = 0;
    private final Path folder;
    private final long ownUser;

    Users(Path folder, long ownUser) {
        this.folder = folder;
        this.ownUser = ownUser;
    }

    /** @param groups all groups of the user, the main one too */
    record User(long uid, long gid, List<Long> groups) {}

    /**
     * Who to become for the name or number; empty when that is the manager's own user already.
     *
     * @throws ProblemException of type {@code START_FAILED} when there is no such user, or the manager may not become it
     */
    Optional<User> toBecome(String nameOrNumber) {
        String[] account = lines("passwd").stream()
                .map(line -> line.split(":", -1))
                .filter(fields -> fields.length >= 4
                        && (fields[0].equals(nameOrNumber) || fields[2].equals(nameOrNumber))
                        && number(fields[2]) >= 0
                        && number(fields[3]) >= 0)
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemType.START_FAILED,
                        "The module's manifest asks to run as user '" + nameOrNumber + "', but this machine has no such"
                                + " user. Create it, or change 'user' in module_runtime.yaml."));
        long uid = number(account[2]);
        if (uid == ownUser) {
            return Optional.empty();
        }
        if (ownUser != ROOT) {
            throw new ProblemException(
                    ProblemType.START_FAILED,
                    "The module's manifest asks to run as user '" + nameOrNumber + "', which only a module manager that"
                            + " runs as root can do; it runs as user " + ownUser
                            + ". Run the manager as root, or remove 'user' from module_runtime.yaml.");
        }
        long gid = number(account[3]);
        return Optional.of(new User(uid, gid, groups(account[0], gid)));
    }

    private List<Long> groups(String name, long gid) {
        TreeSet<Long> groups = new TreeSet<>(List.of(gid));
        for (String line : lines("group")) {
            String[] fields = line.split(":", -1);
            if (fields.length >= 4 && List.of(fields[3].split(",")).contains(name) && number(fields[2]) >= 0) {
                groups.add(number(fields[2]));
            }
        }
        return List.copyOf(groups);
    }

    private List<String> lines(String file) {
        try {
            return Files.readAllLines(folder.resolve(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemType.START_FAILED,
                    "The user to run the module as cannot be looked up: " + folder.resolve(file) + " cannot be read.",
                    e);
        }
    }

    private static long number(String text) {
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
