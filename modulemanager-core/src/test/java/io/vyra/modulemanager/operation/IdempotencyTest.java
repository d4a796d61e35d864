package io.vyra.modulemanager.operation;

import static io.vyra.modulemanager.operation.OperationsFixture.MODULE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.ModuleManager.CommandContext;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.operation.Operation.Kind;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdempotencyTest {
    private static final Caller ALICE = new Caller("alice", Role.ADMIN);
    private OperationsFixture robot;

    @BeforeEach
    void begin(@TempDir Path folder) {
        robot = new OperationsFixture(folder);
        robot.steps = List.of(robot.step("a"));
    }

    @AfterEach
    void end() {
        robot.close();
    }

    private static CommandContext context(Caller caller, String hash) {
        return new CommandContext(caller, Optional.of("key-1"), hash);
    }

    private String submit(CommandContext context) {
        return robot.submit(Kind.START, MODULE, context).id();
    }

    @Test
    void shouldGiveTheSameOperationForTheSameKeyAndRequest() {
        String first = submit(context(ALICE, "h"));

        assertThat(submit(context(ALICE, "h"))).isEqualTo(first);
        assertThat(robot.operations.replay(context(ALICE, "h"))).isPresent();
        assertThat(robot.world.calls).containsExactly("perform a");
    }

    @Test
    void shouldRefuseTheSameKeyForAnotherRequest() {
        String first = submit(context(ALICE, "h"));

        assertThatThrownBy(() -> submit(context(ALICE, "other"))).isInstanceOfSatisfying(ProblemException.class, it -> {
            assertThat(it.type()).isEqualTo(ProblemType.IDEMPOTENCY_KEY_REUSED);
            assertThat(it.problem().detail()).contains("key-1", first);
        });
    }

    @Test
    void shouldKeepCallersApart() {
        assertThat(submit(context(new Caller("bob", Role.ADMIN), "x"))).isNotEqualTo(submit(context(ALICE, "h")));
    }

    @Test
    void shouldForgetAKeyAfterADay() {
        String first = submit(context(ALICE, "h"));
        robot.time.advance(Duration.ofHours(24).minusSeconds(1));
        assertThat(submit(context(ALICE, "h"))).isEqualTo(first);
        robot.time.advance(Duration.ofSeconds(1));

        assertThat(submit(context(ALICE, "other"))).isNotEqualTo(first);
    }

    @Test
    void shouldRememberAKeyOverARestart() {
        String first = submit(context(ALICE, "h"));

        robot.reopen();

        assertThat(submit(context(ALICE, "h"))).isEqualTo(first);
        assertThat(robot.world.calls).hasSize(1);
    }

    @Test
    void shouldKeepTheOperationThatAKeyStandsForLongerThanOthers() {
        String first = submit(context(ALICE, "h"));
        robot.steps = List.of();
        for (int i = 0; i < OperationJournal.KEPT_OPERATIONS + 2; i++) {
            robot.time.advance(Duration.ofMillis(1));
            robot.submit(Kind.START);
        }

        assertThat(submit(context(ALICE, "h"))).isEqualTo(first);
    }
}
