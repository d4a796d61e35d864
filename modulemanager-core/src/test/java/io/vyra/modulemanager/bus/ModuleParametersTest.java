package io.vyra.modulemanager.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.Problem;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.state.Database;
import io.vyra.modulemanager.state.StateJson;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleParametersTest {
    private static final ModuleId MODULE = new ModuleId("driver", "0123456789abcdef0123456789abcdef");
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    private Path folder;

    private final PaperModule module = new PaperModule();
    private Database database;
    private ParameterHistory history;
    private ModuleParameters parameters;

    @BeforeEach
    void open() {
        database = Database.open(folder);
        history = new ParameterHistory(database, new StateJson());
        parameters = new ModuleParameters(module, history, InstantSource.fixed(NOW));
        module.values.put("speed", new IntNode(1));
        module.values.put("torque", new IntNode(5));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void shouldReadWhatIsJsonInsideOfJson() {
        assertThat(parameters.all(MODULE)).isEqualTo(object("speed", 1, "torque", 5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "{\"a\":", "nonsense", "\"text\""})
    void shouldSayWhatItCannotRead(String all) {
        module.allParameters = all;

        assertThatThrownBy(() -> parameters.all(MODULE)).isInstanceOfSatisfying(ProblemException.class, thrown -> {
            assertThat(thrown.problem().type()).isEqualTo(ProblemType.MODULE_ANSWERED_WITH_ERROR);
            assertThat(thrown.problem().detail()).contains(MODULE.toString(), "all_params_json");
        });
    }

    @Test
    void shouldRememberWhatWasReplacedAndByWhom() {
        ParameterChange change = parameters.set(MODULE, object("speed", 2, "colour", 7), "anna");

        assertThat(change.before()).isEqualTo(object("speed", 1));
        assertThat(change.after()).isEqualTo(object("speed", 2, "colour", 7));
        assertThat(change.author()).isEqualTo("anna");
        assertThat(change.at()).isEqualTo(NOW);
        assertThat(parameters.history(MODULE, 10)).containsExactly(change);
    }

    @Test
    void shouldSetBackWhatItSetWhenOneIsRefused() {
        module.refused.add("torque");

        assertThatThrownBy(() -> parameters.set(MODULE, object("speed", 2, "torque", 9), "anna"))
                .hasMessageContaining("torque")
                .hasMessageContaining("out of range");
        assertThat(module.values).containsEntry("speed", new IntNode(1));
        assertThat(module.set).contains("speed=2", "speed=1");
    }

    @Test
    void shouldNameTheKeyThatWasRefusedWithTheModulesOwnWords() {
        module.refused.add("left/~speed");

        assertThatThrownBy(() -> parameters.set(MODULE, object("speed", 2, "left/~speed", 9), "anna"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        thrown -> assertThat(thrown.problem().errors())
                                .containsExactly(new Problem.FieldError("/left~1~0speed", "out of range.")));
    }

    @Test
    void shouldNameTheKeyThatTheModuleFailedOver() {
        module.isBroken = true;

        assertThatThrownBy(() -> parameters.set(MODULE, object("speed", 2), "anna"))
                .isInstanceOfSatisfying(ProblemException.class, thrown -> {
                    assertThat(thrown.problem().errors())
                            .containsExactly(new Problem.FieldError("/speed", "It has no motor."));
                    assertThat(thrown.problem().detail()).isEqualTo("It has no motor.");
                });
    }

    @Test
    void shouldKeepTheRecordWhenTheOldValuesCannotBeSetBack() {
        module.refused.add("torque");

        assertThatThrownBy(() -> parameters.set(MODULE, object("torque", 9), "anna"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        thrown -> assertThat(thrown.getSuppressed()).hasSize(1));

        assertThat(parameters.history(MODULE, 10))
                .singleElement()
                .satisfies(change -> assertThat(change.before()).isEqualTo(object("torque", 5)));
    }

    @Test
    void shouldReturnToTheValuesBeforeAChange() {
        ParameterChange first = parameters.set(MODULE, object("speed", 2), "anna");
        parameters.set(MODULE, object("speed", 3, "torque", 6), "ben");

        ParameterChange restored = parameters.restore(MODULE, first.id(), "anna");

        assertThat(module.values).containsEntry("speed", new IntNode(1)).containsEntry("torque", new IntNode(5));
        assertThat(restored.before()).isEqualTo(object("speed", 3, "torque", 6));
    }

    @Test
    void shouldRefuseToReturnToAChangeThatIsNotKept() {
        parameters.set(MODULE, object("speed", 2), "anna");

        assertThatThrownBy(() -> parameters.restore(MODULE, 99, "anna"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        thrown -> assertThat(thrown.problem().type()).isEqualTo(ProblemType.NOT_FOUND));
    }

    @Test
    void shouldRefuseToReturnToNothing() {
        ParameterChange added = parameters.set(MODULE, object("colour", 7), "anna");

        assertThatThrownBy(() -> parameters.restore(MODULE, added.id(), "anna"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        thrown -> assertThat(thrown.problem().type()).isEqualTo(ProblemType.CONFLICT));
    }

    @Test
    void shouldKeepSoManyChangesAndForgetARemovedModule() {
        IntStream.rangeClosed(0, ParameterHistory.KEPT)
                .forEach(value ->
                        history.record(MODULE, NOW, "anna", object("speed", value), object("speed", value + 1)));

        assertThat(history.changes(MODULE, 1_000)).hasSize(ParameterHistory.KEPT);

        history.forget(MODULE);

        assertThat(history.changes(MODULE, 1)).isEmpty();
    }

    private static ObjectNode object(Object... keysAndValues) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            object.put((String) keysAndValues[i], (Integer) keysAndValues[i + 1]);
        }
        return object;
    }
}
