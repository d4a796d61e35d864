package io.vyra.modulemanager.container;

import io.vyra.modulemanager.manager.CrashMatrix;
import io.vyra.modulemanager.manager.CrashScenario;
import io.vyra.modulemanager.manager.SampleRuntime;
import io.vyra.modulemanager.operation.StepBoundary.Point;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The manager is killed before and after every command that it gives an engine, and between the steps of every operation. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ContainerCrashes extends CrashMatrix {
    @RegisterExtension
    final EngineFixture fixture = new EngineFixture(this::engine);

    /** Steps in whose course an engine may be asked for something, but for what follows a colon. */
    private static final Set<String> ASKING = Set.of(
            "unpack",
            "beside",
            "stop",
            "handover",
            "start",
            "probation",
            "finish",
            "discard",
            "restart",
            "suspend",
            "resume");

    private boolean startsFirst;

    abstract TestEngine engine() throws IOException;

    @Override
    protected SampleRuntime runtime() {
        return fixture.samples();
    }

    @Override
    protected Class<?> program() {
        return CrashingContainerManager.class;
    }

    @Override
    protected List<String> arguments() {
        return List.of(fixture.engine().address().toString());
    }

    @Override
    protected String place() {
        return startsFirst ? " in a container, start first" : " in a container";
    }

    private void startFirst(boolean does) {
        startsFirst = does;
        for (String version : List.of("1.0.0", "1.1.0", "2.0.0")) {
            if (does) {
                fixture.samples().startsFirst("subject", version);
            } else {
                fixture.samples().with("subject", version, "");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = CrashScenario.class,
            names = {"UPDATE", "BROKEN_UPDATE", "ROLLBACK"})
    void shouldBeWhollyOldOrWhollyNewAfterACrashWithTwoVersionsAtOnce(CrashScenario scenario, @TempDir Path folder)
            throws IOException, InterruptedException {
        startFirst(true);
        crashWhere(scenario, ContainerCrashes::counts, folder);
    }

    /** An upload differs from an installation before any engine is asked. */
    @ParameterizedTest
    @EnumSource(value = CrashScenario.class, mode = EnumSource.Mode.EXCLUDE, names = "UPLOAD")
    void shouldBeWhollyOldOrWhollyNewAfterACrash(CrashScenario scenario, @TempDir Path folder)
            throws IOException, InterruptedException {
        startFirst(false);
        crashWhere(scenario, ContainerCrashes::counts, folder);
    }

    /**
     * Before and after every command. Of the boundaries between steps only those at which the engine, or what is done about it afterwards, may
     * be another one than at the boundary before.
     */
    private static boolean counts(String boundary) {
        String step = boundary.substring(0, boundary.indexOf(' '));
        Point point = Point.valueOf(boundary.substring(step.length() + 1));
        boolean isCommand = step.startsWith("engine:");
        boolean asks = ASKING.contains(step.replaceFirst(":.*", ""));
        return isCommand
                || switch (point) {
                    case BEFORE_JOURNAL -> false;
                    case AFTER_WORK, AFTER_UNDO -> true;
                    case BEFORE_WORK, AFTER_JOURNAL, BEFORE_UNDO -> asks;
                };
    }
}
