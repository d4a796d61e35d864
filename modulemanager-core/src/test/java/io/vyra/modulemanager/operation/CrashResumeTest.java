package io.vyra.modulemanager.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.operation.Operation.Kind;
import io.vyra.modulemanager.operation.Operation.Status;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A manager that dies at every boundary of an operation, and then at every boundary of the recovery from that. */
class CrashResumeTest {
    @TempDir
    Path folder;

    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    private int run(OperationsFixture robot, Runnable action, int fatal) {
        AtomicInteger passed = new AtomicInteger();
        robot.boundary = (kind, step, point) -> {
            if (passed.getAndIncrement() == fatal) {
                throw new Crash();
            }
        };
        try {
            action.run();
            return passed.get();
        } catch (Crash e) {
            return -1;
        }
    }

    private void crashEverywhere(boolean fails) throws Exception {
        for (int first = 0; first < 100; first++) {
            boolean survivedFirst = false;
            for (int second = 0; second < 100; second++) {
                Path place = Files.createDirectories(folder.resolve(first + "-" + second));
                try (OperationsFixture robot = new OperationsFixture(place)) {
                    robot.steps = List.of(
                            robot.step("a").doing(context -> context.remember("a", "1")),
                            robot.step("b"),
                            robot.step("c").doing(context -> {
                                assertThat(context.recall("a")).contains("1");
                                if (fails) {
                                    throw new ProblemException(ProblemType.START_FAILED, "broken");
                                }
                            }));
                    survivedFirst = run(robot, () -> robot.submit(Kind.UPDATE), first) >= 0;
                    robot.begin(robot.direct);
                    boolean survivedSecond = run(robot, () -> robot.operations.resume(), second) >= 0;
                    robot.begin(robot.direct);
                    run(robot, () -> robot.operations.resume(), -1);

                    Operation ended = robot.operations
                            .list(new io.vyra.modulemanager.ModuleManager.OperationFilter(
                                    java.util.Optional.empty(), java.util.Optional.empty(), 1))
                            .getFirst();
                    String context = "crashed at " + first + " and " + second + ": " + robot.world.calls;
                    assertThat(ended.status()).as(context).isEqualTo(fails ? Status.ROLLED_BACK : Status.SUCCEEDED);
                    assertThat(robot.world.applied)
                            .as(context)
                            .containsExactlyInAnyOrderElementsOf(fails ? List.of() : List.of("a", "b", "c"));
                    assertThat(robot.operations.busyModules()).as(context).isEmpty();
                    if (survivedSecond) {
                        break;
                    }
                }
            }
            if (survivedFirst) {
                assertThat(first).isGreaterThan(10);
                return;
            }
        }
    }

    @Test
    void shouldGoForwardWhereverItCrashed() throws Exception {
        crashEverywhere(false);
    }

    @Test
    void shouldUndoWhereverItCrashed() throws Exception {
        crashEverywhere(true);
    }
}
