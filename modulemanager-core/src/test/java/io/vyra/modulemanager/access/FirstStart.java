package io.vyra.modulemanager.access;

import java.nio.file.Path;

/** Creates the first administrator in a process of its own, so that its system calls can be recorded. Argument: folder. */
final class FirstStart {
    static final String DONE = "ADMINISTRATOR CREATED";

    private FirstStart() {}

    public static void main(String[] args) {
        try (AccessFixture access = new AccessFixture(Path.of(args[0]))) {
            access.accounts.createFirstAdministrator();
            System.out.println(DONE);
        }
    }
}
