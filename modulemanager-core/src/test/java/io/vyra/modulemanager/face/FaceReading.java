package io.vyra.modulemanager.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.ModuleManager.ModuleChange;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.manager.SampleModule;
import io.vyra.modulemanager.manager.SampleRobot;
import io.vyra.modulemanager.module.ModuleId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a face tells of modules is what the service below it tells. */
abstract class FaceReading extends FaceGround {
    private static ModuleChange toAlias(String alias) {
        return new ModuleChange(
                Optional.empty(), Optional.empty(), Optional.of(alias), Optional.empty(), Optional.empty());
    }

    @Test
    void shouldListModulesAsTheyAre() throws Exception {
        running();
        ModuleId stopped = running();
        robot().ended(robot().manager().command(stopped.toString(), command("stop"), DORA));

        await().atMost(SampleRobot.PATIENCE).untilAsserted(() -> {
            assertThat(ask(Role.VIEWER, new Ask.ListModules(Optional.empty()))).isEqualTo(listed(Optional.empty()));
            assertThat(ask(Role.VIEWER, new Ask.ListModules(Optional.of("stopped"))))
                    .isEqualTo(listed(Optional.of(ModuleView.Phase.STOPPED)));
        });
    }

    private Reply.Modules listed(Optional<ModuleView.Phase> phase) {
        return new Reply.Modules(robot().manager().modules(new Caller("vera", Role.VIEWER)).stream()
                .filter(module -> phase.isEmpty() || module.state().phase() == phase.get())
                .map(Told.Module::of)
                .toList());
    }

    @Test
    void shouldTellAModuleByItsIdItsNameAndItsAlias() throws Exception {
        ModuleId module = running();
        String alias = fresh("left");
        robot().ended(robot().manager().change(module.toString(), toAlias(alias), "*", DORA));

        for (String reference : List.of(module.toString(), module.name(), alias)) {
            await().atMost(SampleRobot.PATIENCE)
                    .untilAsserted(() -> assertThat(ask(Role.VIEWER, new Ask.GetModule(reference)))
                            .isEqualTo(new Reply.Module(Told.Module.of(robot().view(module)))));
        }
    }

    @Test
    void shouldExplainWhyAModuleIsInItsPhase() throws Exception {
        ModuleId module = running();

        assertExplained(module, "running");
        robot().ended(robot().manager().command(module.toString(), command("stop"), DORA));
        assertExplained(module, "stopped");
    }

    private void assertExplained(ModuleId module, String phase) {
        await().atMost(SampleRobot.PATIENCE).untilAsserted(() -> {
            Told.Explanation expected =
                    Told.Explanation.of(robot().manager().explain(module.toString(), DORA.caller()));
            assertThat(expected.phase()).isEqualTo(phase);
            assertThat(expected.lastTransitions()).isNotEmpty();
            assertThat(ask(Role.VIEWER, new Ask.ExplainModule(module.toString())))
                    .isEqualTo(new Reply.Explanation(expected));
        });
    }

    @Test
    void shouldNotTellOfHiddenModulesToAnybodyButAdministrators() throws Exception {
        ModuleId hidden =
                installed(SampleModule.wellBehaved(fresh("hidden"), "1.0.0").permitting("{visible: false}"));
        String id = hidden.toString();

        assertRefused(new Ask.GetModule(id), problemOf(() -> robot().manager().module(id, DORA.caller())));
        assertRefused(new Ask.Remove(id), problemOf(() -> robot().manager().remove(id, false, DORA)));
        if (face().roles().contains(Role.ADMIN)) {
            assertThat(ask(Role.ADMIN, new Ask.GetModule(id))).isInstanceOf(Reply.Module.class);
        }
    }
}
