package io.vyra.modulemanager.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.ModuleManager.CommandContext;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.manager.SampleModule;
import io.vyra.modulemanager.manager.SampleRobot;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

/** A face, what is behind it, and the small words of the tests. One robot serves all tests, so each has modules of its own names. */
abstract class FaceGround {
    static final CommandContext DORA = CommandContext.of(new Caller("dora", Role.DEVELOPER));
    private static final AtomicInteger NAMES = new AtomicInteger();

    @TempDir
    Path uploads;

    /**
     * A face and what is behind it.
     *
     * @param manager the robot's, as the face was given it
     */
    public record Subject(SampleRobot robot, StumblingManager manager, Face face) {}

    protected abstract Subject subject();

    SampleRobot robot() {
        return subject().robot();
    }

    Face face() {
        return subject().face();
    }

    static String fresh(String name) {
        return name + "_" + NAMES.incrementAndGet();
    }

    ModuleId installed(SampleModule module) throws Exception {
        return robot().install(module);
    }

    ModuleId running() throws Exception {
        return installed(SampleModule.wellBehaved(fresh("runner"), "1.0.0"));
    }

    boolean offers(Ask ask) {
        return !face().withheld().containsKey(ask.getClass());
    }

    Reply ask(Role role, Ask ask) throws Exception {
        return face().as(role).ask(ask);
    }

    /** What the service itself says of the same. */
    static Told.Problem problemOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable asked) {
        ProblemException refusal = catchThrowableOfType(ProblemException.class, asked);
        assertThat(refusal).as("the service refuses this").isNotNull();
        return Told.Problem.of(refusal.problem());
    }

    void assertRefused(Ask ask, Told.Problem expected) throws Exception {
        if (offers(ask)) {
            assertThat(ask(Role.DEVELOPER, ask)).as("%s", ask).isEqualTo(new Reply.Refused(expected));
        }
    }

    static io.vyra.modulemanager.ModuleManager.Command command(String text) {
        return io.vyra.modulemanager.ModuleManager.Command.valueOf(text.toUpperCase(Locale.ROOT));
    }
}
