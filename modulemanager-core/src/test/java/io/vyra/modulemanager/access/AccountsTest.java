package io.vyra.modulemanager.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountsTest {
    private static final String PASSWORD = "correct horse battery";

    private AccessFixture access;

    @BeforeEach
    void open(@TempDir Path folder) {
        access = new AccessFixture(folder);
    }

    @AfterEach
    void close() {
        access.close();
    }

    @Test
    void shouldCreateFirstAdministratorOnceWithPrivatePasswordFile() throws IOException {
        Optional<String> password = access.accounts.createFirstAdministrator();

        Path file = access.folder.resolve("initial-admin-password");
        assertThat(password).hasValueSatisfying(text -> assertThat(file).hasContent(text));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(access.accounts.get("admin"))
                .returns(true, Account::mustChangePassword)
                .returns(Role.ADMIN, Account::role);
        assertThat(access.accounts.createFirstAdministrator()).isEmpty();
    }

    @Test
    void shouldDeletePasswordFileWhenAdministratorChangesPassword() {
        String initial = access.accounts.createFirstAdministrator().orElseThrow();

        Account changed = access.accounts.changeOwnPassword("admin", initial, PASSWORD);

        assertThat(changed.mustChangePassword()).isFalse();
        assertThat(access.folder.resolve("initial-admin-password")).doesNotExist();
        assertThat(access.accounts.authenticate("admin", PASSWORD)).contains(changed);
        assertThat(access.accounts.authenticate("admin", initial)).isEmpty();
    }

    @Test
    void shouldRefuseWrongOldPasswordAndUnchangedNewOne() {
        access.accounts.create("anna", PASSWORD, Role.VIEWER, false);

        assertProblem(
                ProblemType.INVALID_REQUEST,
                "/old_password",
                () -> access.accounts.changeOwnPassword("anna", "not this one", "another good one"));
        assertProblem(
                ProblemType.INVALID_REQUEST,
                "/new_password",
                () -> access.accounts.changeOwnPassword("anna", PASSWORD, PASSWORD));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "Anna",
                "1anna",
                "anna!",
                "a b",
                "../etc",
                "an\nna",
                "a234567890123456789012345678901234"
            })
    void shouldRefuseBadUsername(String username) {
        assertProblem(
                ProblemType.INVALID_REQUEST,
                "/username",
                () -> access.accounts.create(username, PASSWORD, Role.VIEWER, false));
        assertThat(access.accounts.list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ninechars", "aaaaaaaaaaaaaa", "anna.maria"})
    void shouldRefuseWeakPassword(String password) {
        assertProblem(
                ProblemType.INVALID_REQUEST,
                "/password",
                () -> access.accounts.create("anna.maria", password, Role.VIEWER, false));
    }

    @Test
    void shouldRefuseTakenName() {
        access.accounts.create("anna", PASSWORD, Role.VIEWER, false);

        assertProblem(ProblemType.CONFLICT, "anna", () -> access.accounts.create("anna", PASSWORD, Role.ADMIN, false));
        assertThat(access.accounts.get("anna").role()).isEqualTo(Role.VIEWER);
    }

    @Test
    void shouldKeepTheLastAdministrator() {
        access.accounts.create("root", PASSWORD, Role.ADMIN, false);
        access.accounts.create("anna", PASSWORD, Role.VIEWER, false);

        assertProblem(ProblemType.CONFLICT, "only administrator", () -> access.accounts.delete("root"));
        assertProblem(
                ProblemType.CONFLICT,
                "only administrator",
                () -> access.accounts.change("root", Optional.of(Role.OPERATOR), Optional.empty(), Optional.empty()));
        access.accounts.change("anna", Optional.of(Role.ADMIN), Optional.empty(), Optional.empty());
        access.accounts.delete("root");

        assertThat(access.accounts.list()).extracting(Account::username).containsExactly("anna");
    }

    @Test
    void shouldEndSessionsWhenRoleOrPasswordChangesOrUserIsDeleted() {
        access.accounts.create("root", PASSWORD, Role.ADMIN, false);
        Account anna = access.accounts.create("anna", PASSWORD, Role.VIEWER, false);

        String beforeRole = access.sessions.open(anna).token();
        anna = access.accounts.change("anna", Optional.of(Role.OPERATOR), Optional.empty(), Optional.empty());
        assertThat(access.sessions.find(beforeRole)).isEmpty();

        String beforePassword = access.sessions.open(anna).token();
        anna = access.accounts.change("anna", Optional.empty(), Optional.of("another good one"), Optional.empty());
        assertThat(access.sessions.find(beforePassword)).isEmpty();
        assertThat(anna.mustChangePassword()).as("somebody else chose it").isTrue();

        String beforeDelete = access.sessions.open(anna).token();
        access.accounts.delete("anna");
        assertThat(access.sessions.find(beforeDelete)).isEmpty();
        assertProblem(ProblemType.NOT_FOUND, "anna", () -> access.accounts.get("anna"));
    }

    @Test
    void shouldNeverStoreThePasswordItself() throws IOException {
        access.accounts.create("anna", PASSWORD, Role.VIEWER, false);
        Path copy = access.folder.resolve("copy.db");
        access.database.backupTo(copy);

        String bytes = Files.readString(copy, java.nio.charset.StandardCharsets.ISO_8859_1);

        assertThat(bytes).contains("$argon2id$").doesNotContain(PASSWORD);
    }

    private static void assertProblem(ProblemType type, String place, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(type))
                .hasMessageContaining(place);
    }
}
