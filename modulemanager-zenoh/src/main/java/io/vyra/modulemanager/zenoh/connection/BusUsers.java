package io.vyra.modulemanager.zenoh.connection;

import io.vyra.modulemanager.access.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who may use the bus beside the modules. Immutable. */
public final class BusUsers {
    /** Nobody. */
    public static final BusUsers NONE = new BusUsers(Map.of());

    private static final Set<PosixFilePermission> OF_OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    /** @param password empty: known by a certificate only */
    private record User(Role role, Optional<String> password) {}

    private final Map<String, User> users;

    private BusUsers(Map<String, User> users) {
        this.users = Map.copyOf(users);
    }

    /**
     * Reads the file; empty lines and those that begin with {@code #} do not count.
     *
     * @throws BusSettingsException when it cannot be read, others can read it, or a line is none; the message never quotes a password
     */
    public static BusUsers read(Path file) {
        try {
            if (Files.getPosixFilePermissions(file).stream().anyMatch(OF_OTHERS::contains)) {
                throw new BusSettingsException("The file of vyra.zenoh.users, " + file
                        + ", holds passwords and can be read by others. Run chmod 600 " + file);
            }
            return of(file, Files.readAllLines(file));
        } catch (IOException e) {
            throw new BusSettingsException(
                    "The file of vyra.zenoh.users, " + file + ", cannot be read: " + e.getMessage(), e);
        }
    }

    private static BusUsers of(Path file, List<String> lines) {
        Map<String, User> users = new HashMap<>();
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] fields = line.split(":", 3);
            Optional<Role> role = fields.length < 2 ? Optional.empty() : role(fields[1]);
            if (fields.length != 3 || fields[0].isBlank() || role.isEmpty()) {
                throw new BusSettingsException("Line " + number + " of " + file
                        + " must be name:role:password with the role viewer, operator, developer or admin");
            }
            Optional<String> password = Optional.of(fields[2]).filter(text -> !text.isEmpty());
            if (users.put(fields[0], new User(role.get(), password)) != null) {
                throw new BusSettingsException(
                        "Line " + number + " of " + file + " names a user that was named before");
            }
        }
        return new BusUsers(users);
    }

    private static Optional<Role> role(String text) {
        return List.of(Role.values()).stream()
                .filter(role -> role.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst();
    }

    public Optional<Role> roleOf(String name) {
        return Optional.ofNullable(users.get(name)).map(User::role);
    }

    public Optional<String> passwordOf(String name) {
        return Optional.ofNullable(users.get(name)).flatMap(User::password);
    }
}
