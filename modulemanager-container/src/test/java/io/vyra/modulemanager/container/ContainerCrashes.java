package io.vyra.modulemanager.container;

import io.vyra.modulemanager.manager.CrashMatrix;
import io.vyra.modulemanager.manager.CrashScenario;
import io.vyra.modulemanager.manager.SampleRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The manager is killed around the commands that it gives an engine, and between the steps that give some. The steps that give none are those
 * of processes, and killed with them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ContainerCrashes extends CrashMatrix {
    @RegisterExtension
    final EngineFixture fixture = new EngineFixture(this::engine);

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
        crashAt(scenario, boundariesWithTwo(scenario), folder);
    }

    private static List<String> boundariesWithTwo(CrashScenario scenario) {
        return switch (scenario) {
            case UPDATE ->
                List.of(
                        "beside:subject BEFORE_WORK",
                        "engine:create BEFORE_WORK",
                        "engine:create AFTER_WORK",
                        "engine:start AFTER_WORK",
                        "beside:subject AFTER_WORK",
                        "beside:subject AFTER_JOURNAL",
                        "switch:subject BEFORE_WORK",
                        "switch:subject AFTER_WORK",
                        "handover:subject BEFORE_WORK",
                        "engine:signal AFTER_WORK",
                        "engine:remove BEFORE_WORK",
                        "engine:remove AFTER_WORK",
                        "handover:subject AFTER_WORK",
                        "finish AFTER_WORK");
            case BROKEN_UPDATE ->
                List.of(
                        "engine:create AFTER_WORK",
                        "engine:start AFTER_WORK",
                        "beside:subject BEFORE_UNDO",
                        "engine:remove BEFORE_WORK",
                        "beside:subject AFTER_UNDO",
                        "commit:subject AFTER_UNDO");
            case ROLLBACK ->
                List.of(
                        "engine:start AFTER_WORK",
                        "beside:subject AFTER_WORK",
                        "switch:subject AFTER_WORK",
                        "engine:signal AFTER_WORK",
                        "engine:remove BEFORE_WORK",
                        "finish AFTER_WORK");
            case INSTALL, UPLOAD, REMOVE -> throw new IllegalArgumentException("there is one version only");
        };
    }

    @ParameterizedTest
    @EnumSource(
            value = CrashScenario.class,
            names = {"INSTALL", "UPDATE", "BROKEN_UPDATE", "ROLLBACK", "REMOVE"})
    void shouldBeWhollyOldOrWhollyNewAfterACrash(CrashScenario scenario, @TempDir Path folder)
            throws IOException, InterruptedException {
        startFirst(false);
        crashAt(scenario, boundaries(scenario), folder);
    }

    private static List<String> boundaries(CrashScenario scenario) {
        return switch (scenario) {
            case INSTALL ->
                List.of(
                        "engine:load BEFORE_WORK",
                        "engine:load AFTER_WORK",
                        "unpack:subject AFTER_WORK",
                        "commit:subject AFTER_WORK",
                        "finish AFTER_WORK",
                        "engine:create BEFORE_WORK",
                        "engine:create AFTER_WORK",
                        "engine:start AFTER_WORK",
                        "start:subject AFTER_WORK");
            case UPDATE ->
                List.of(
                        "engine:load AFTER_WORK",
                        "stop:subject BEFORE_WORK",
                        "engine:signal AFTER_WORK",
                        "engine:remove BEFORE_WORK",
                        "engine:remove AFTER_WORK",
                        "switch:subject AFTER_WORK",
                        "engine:create AFTER_WORK",
                        "engine:start AFTER_WORK",
                        "start:subject AFTER_WORK",
                        "probation:subject BEFORE_WORK",
                        "finish AFTER_WORK");
            case BROKEN_UPDATE ->
                List.of(
                        "engine:create AFTER_WORK",
                        "engine:start AFTER_WORK",
                        "start:subject BEFORE_UNDO",
                        "switch:subject AFTER_UNDO",
                        "stop:subject BEFORE_UNDO",
                        "commit:subject AFTER_UNDO",
                        "unpack:subject AFTER_UNDO");
            case ROLLBACK ->
                List.of(
                        "engine:signal AFTER_WORK",
                        "switch:subject AFTER_WORK",
                        "engine:create AFTER_WORK",
                        "engine:start AFTER_WORK",
                        "finish AFTER_WORK");
            case REMOVE ->
                List.of(
                        "retire AFTER_WORK",
                        "engine:signal AFTER_WORK",
                        "engine:remove BEFORE_WORK",
                        "engine:remove AFTER_WORK",
                        "commit AFTER_WORK",
                        "engine:removeImage BEFORE_WORK",
                        "discard AFTER_WORK");
            case UPLOAD ->
                throw new IllegalArgumentException("differs from an installation before any engine is asked");
        };
    }
}
