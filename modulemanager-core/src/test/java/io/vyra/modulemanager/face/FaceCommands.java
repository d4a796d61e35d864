package io.vyra.modulemanager.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.face.Face.Voice;
import io.vyra.modulemanager.manager.SampleModule;
import io.vyra.modulemanager.manager.SampleRobot;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a face has done ends as what the service below it does, and the face tells how far it is. */
abstract class FaceCommands extends FaceReading {
    @Test
    void shouldEndCommandsAsTheServiceDoes() throws Exception {
        ModuleId first = running();
        ModuleId second = running();
        Voice developer = face().as(Role.DEVELOPER);
        List<String> throughTheService = new ArrayList<>();
        List<String> throughTheFace = new ArrayList<>();

        for (String command :
                List.of("suspend", "resume", "stop", "suspend", "resume", "start", "restart", "rollback")) {
            throughTheService.add(command + ": " + throughTheService(first, command));
            throughTheFace.add(command + ": " + throughTheFace(developer, second, command));
        }

        assertThat(throughTheFace).isEqualTo(throughTheService);
        assertThat(throughTheFace)
                .contains("suspend: succeeded", "resume: succeeded", "restart: succeeded")
                .anyMatch(end -> end.startsWith("suspend: Refused") && end.contains("conflict"))
                .anyMatch(end -> end.startsWith("rollback: Refused") && end.contains("nothing-to-roll-back"));
    }

    private String throughTheService(ModuleId module, String command) {
        try {
            return end(robot().ended(robot().manager().command(module.toString(), command(command), DORA)));
        } catch (ProblemException e) {
            return nameless(new Reply.Refused(Told.Problem.of(e.problem())), module);
        }
    }

    private String throughTheFace(Voice developer, ModuleId module, String command) throws Exception {
        Reply reply = developer.ask(new Ask.Command(module.toString(), command));
        return reply instanceof Reply.Accepted begun ? end(robot().ended(begun.id())) : nameless(reply, module);
    }

    private static String end(Operation operation) {
        return operation.status().wire();
    }

    private static String nameless(Reply reply, ModuleId module) {
        return reply.toString().replace(module.toString(), "MODULE");
    }

    @Test
    void shouldInstallUpdateRollBackAndRemoveAndTellHowFarItIs() throws Exception {
        String name = fresh("lamp");
        robot().offer(SampleModule.wellBehaved(name, "1.0.0"), SampleModule.wellBehaved(name, "1.1.0"));
        Voice developer = face().as(Role.DEVELOPER);

        Operation installed = assertSucceeds(developer, Ask.Install.of(name).withVersion("1.0.0"));
        String id = installed.moduleId();
        assertThat(installed.kind()).isEqualTo(Operation.Kind.INSTALL);
        assertThat(version(id)).isEqualTo("1.0.0");

        assertThat(assertSucceeds(developer, new Ask.Update(id, "^1.1")).kind()).isEqualTo(Operation.Kind.UPDATE);
        assertThat(version(id)).isEqualTo("1.1.0");

        assertThat(assertSucceeds(developer, new Ask.Command(id, "rollback")).kind())
                .isEqualTo(Operation.Kind.ROLLBACK);
        assertThat(version(id)).isEqualTo("1.0.0");

        assertThat(assertSucceeds(developer, new Ask.Remove(id)).kind()).isEqualTo(Operation.Kind.REMOVE);
        assertRefused(new Ask.GetModule(id), problemOf(() -> robot().manager().module(id, DORA.caller())));
    }

    private String version(String id) {
        return robot().manager().module(id, Caller.MANAGER).version().orElseThrow();
    }

    private Operation assertSucceeds(Voice voice, Ask ask) throws Exception {
        Operation end = assertEnds(voice, ask);
        assertThat(end.status()).as("%s", end).isEqualTo(Operation.Status.SUCCEEDED);
        return end;
    }

    /** The face tells of the operation until its end, and of that what the service tells. */
    private Operation assertEnds(Voice voice, Ask ask) throws Exception {
        Reply reply = voice.ask(ask);
        assertThat(reply).as("%s", ask).isInstanceOf(Reply.Accepted.class);
        Reply.Accepted begun = (Reply.Accepted) reply;
        List<Told.Operation> told = voice.follow(begun);
        Operation end = robot().ended(begun.id());
        if (!(ask instanceof Ask.Command) || !face().withheld().containsKey(Ask.GetOperation.class)) {
            assertThat(told).isNotEmpty();
            assertThat(told.getLast()).isEqualTo(Told.Operation.of(end));
            assertThat(told).extracting(Told.Operation::id).containsOnly(begun.id());
        }
        return end;
    }

    @Test
    void shouldTellWhyAnUpdateWasUndone() throws Exception {
        String name = fresh("weak");
        robot().offer(SampleModule.wellBehaved(name, "1.0.0"), SampleModule.of(name, "2.0.0", "sleep 0.4\nexit 7\n"));
        ModuleId module = robot().install(SampleModule.wellBehaved(name, "1.0.0"));

        Operation end = assertEnds(face().as(Role.DEVELOPER), new Ask.Update(module.toString(), "2.0.0"));

        assertThat(end.status()).as("%s", end).isEqualTo(Operation.Status.ROLLED_BACK);
        assertThat(end.problem()).isPresent();
    }

    @Test
    void shouldUndoWhatIsCancelled() throws Exception {
        String name = fresh("never");
        robot().offer(SampleModule.wellBehaved(name, "2.0.0")
                .withProbe("{kind: heartbeat, max_age_seconds: 60}")
                .startingWithin(600));
        ModuleId module = robot().install(SampleModule.wellBehaved(name, "1.0.0"));
        Voice developer = face().as(Role.DEVELOPER);

        Reply.Accepted begun = (Reply.Accepted) developer.ask(new Ask.Update(module.toString(), "2.0.0"));
        // There it would wait for ten minutes.
        await().atMost(SampleRobot.PATIENCE)
                .until(() -> robot().manager().operation(begun.id(), Caller.MANAGER).steps().stream()
                        .anyMatch(step ->
                                step.id().startsWith("start") && step.status() == Operation.StepStatus.RUNNING));
        developer.cancel(begun);

        assertThat(developer.follow(begun).getLast()).isEqualTo(Told.Operation.of(robot().ended(begun.id())));
        assertThat(robot().ended(begun.id()).status()).isEqualTo(Operation.Status.CANCELLED);
        assertThat(version(module.toString())).isEqualTo("1.0.0");
    }

    @Test
    void shouldTakeAPackageFile() throws Exception {
        String name = fresh("brought");
        Ask upload = new Ask.Upload(SampleModule.wellBehaved(name, "1.0.0").packIn(uploads));
        if (offers(upload)) {
            assertSucceeds(face().as(Role.DEVELOPER), upload);
            assertThat(robot().manager().module(name, Caller.MANAGER).version()).contains("1.0.0");
        }
    }

    @Test
    void shouldDoOnceWhatIsAskedTwiceWithOneKey() throws Exception {
        String id = running().toString();
        String key = fresh("key");
        Ask stop = new Ask.KeyedCommand(id, "stop", key);
        if (!offers(stop)) {
            return;
        }
        Voice operator = face().as(Role.OPERATOR);

        Reply first = operator.ask(stop);
        Reply again = operator.ask(stop);
        Reply other = operator.ask(new Ask.KeyedCommand(id, "start", key));

        assertThat(first).isInstanceOf(Reply.Accepted.class);
        assertThat(again).isEqualTo(first);
        assertThat(other)
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> assertThat(refused.problem().code())
                                .isEqualTo(ProblemType.IDEMPOTENCY_KEY_REUSED.code()));
    }
}
