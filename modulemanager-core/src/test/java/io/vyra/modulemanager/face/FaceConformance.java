package io.vyra.modulemanager.face;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.ModuleManager.InstallRequest;
import io.vyra.modulemanager.ModuleManager.ModuleChange;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.face.Face.Voice;
import io.vyra.modulemanager.manager.SampleModule;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.Problem;
import io.vyra.modulemanager.problem.Problem.FieldError;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The same questions and commands through a face and through the service it stands on, {@link io.vyra.modulemanager.ModuleManager}: the
 * same answers, the same ends, the same problems. Here are the problems, and what is not offered.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class FaceConformance extends FaceCommands {
    private static final String NOBODY = "nobody_" + "0".repeat(32);
    private static final String NO_OPERATION = "0".repeat(32);

    /** In the order of what the roles say; asked about what does not exist, so that who may ask changes nothing. */
    private static final Map<Ask, Role> LEAST_ROLES = new LinkedHashMap<>();

    static {
        LEAST_ROLES.put(new Ask.ListModules(Optional.empty()), Role.VIEWER);
        LEAST_ROLES.put(new Ask.GetModule(NOBODY), Role.VIEWER);
        LEAST_ROLES.put(new Ask.ExplainModule(NOBODY), Role.VIEWER);
        LEAST_ROLES.put(new Ask.GetOperation(NO_OPERATION), Role.VIEWER);
        for (String command : List.of("start", "stop", "restart", "suspend", "resume")) {
            LEAST_ROLES.put(new Ask.Command(NOBODY, command), Role.OPERATOR);
        }
        LEAST_ROLES.put(new Ask.CancelOperation(NO_OPERATION), Role.OPERATOR);
        LEAST_ROLES.put(new Ask.Command(NOBODY, "rollback"), Role.DEVELOPER);
        LEAST_ROLES.put(Ask.Install.of("nowhere"), Role.DEVELOPER);
        LEAST_ROLES.put(new Ask.Update(NOBODY, "1.0.0"), Role.DEVELOPER);
        LEAST_ROLES.put(new Ask.Remove(NOBODY), Role.DEVELOPER);
        LEAST_ROLES.put(new Ask.ChangeAlias(NOBODY, "left", Optional.of("*")), Role.DEVELOPER);
    }

    private static ModuleChange toVersion(String range) {
        return new ModuleChange(
                Optional.empty(), Optional.of(range), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static InstallRequest request(Ask.Install ask) {
        return new InstallRequest(
                ask.name().orElseThrow(), ask.version(), ask.repository(), ask.instanceId(), Optional.empty());
    }

    // ---- problems ----

    @Test
    void shouldTellEveryProblemOfTheCatalogueAlike() throws Exception {
        for (ProblemType type : ProblemType.values()) {
            for (List<FieldError> errors : List.of(
                    List.<FieldError>of(),
                    List.of(new FieldError("", "all of it"), new FieldError("/a~1b/0", "half of \"it\" – ünd")))) {
                Problem problem = new Problem(type, "What happened to " + type + ". What to do.", errors);
                subject().manager().failWith(new ProblemException(problem));

                assertThat(ask(Role.DEVELOPER, new Ask.GetModule(StumblingManager.STONE)))
                        .isEqualTo(new Reply.Refused(Told.Problem.of(problem)));
            }
        }
    }

    @Test
    void shouldTellAnUnforeseenFailureByItsTraceOnly() throws Exception {
        subject().manager().failWith(new IllegalStateException("secret internals"));

        Reply reply = ask(Role.DEVELOPER, new Ask.GetModule(StumblingManager.STONE));

        assertThat(reply).isInstanceOfSatisfying(Reply.Refused.class, refused -> {
            Told.Problem problem = refused.problem();
            assertThat(problem.code()).isEqualTo(ProblemType.INTERNAL_ERROR.code());
            assertThat(problem.detail())
                    .matches("The request could not be completed\\. The manager's log tells why under trace_id"
                            + " [0-9a-f]{32}\\.");
            assertThat(problem.errors()).isEmpty();
        });
        assertThat(reply.toString()).doesNotContain("secret");
    }

    @Test
    void shouldHoldEveryRequestToItsRole() throws Exception {
        for (Role role : face().roles()) {
            Voice voice = face().as(role);
            for (Map.Entry<Ask, Role> entry : LEAST_ROLES.entrySet()) {
                if (!offers(entry.getKey())) {
                    continue;
                }
                Reply reply = voice.ask(entry.getKey());
                String what = role + " asks " + entry.getKey() + ": " + reply;
                if (role.includes(entry.getValue())) {
                    assertThat(reply.toString()).as(what).doesNotContain(ProblemType.FORBIDDEN.code());
                } else {
                    Told.Problem problem = ((Reply.Refused) reply).problem();
                    assertThat(problem.code()).as(what).isEqualTo(ProblemType.FORBIDDEN.code());
                    assertThat(problem.detail())
                            .as(what)
                            .startsWith("This needs the role ")
                            .contains("' has " + role.wire() + ". ");
                    assertThat(problem.errors()).as(what).isEmpty();
                }
            }
        }
    }

    @Test
    void shouldSayThatThereIsNoSuchModuleOrOperation() throws Exception {
        Told.Problem unknown = problemOf(() -> robot().manager().module(NOBODY, DORA.caller()));
        for (Ask ask : LEAST_ROLES.keySet()) {
            if (ask.toString().contains(NOBODY)) {
                assertRefused(ask, unknown);
            }
        }
        assertRefused(
                new Ask.GetOperation(NO_OPERATION),
                problemOf(() -> robot().manager().operation(NO_OPERATION, DORA.caller())));
        assertRefused(
                new Ask.CancelOperation(NO_OPERATION),
                problemOf(() -> robot().manager().cancel(NO_OPERATION, DORA.caller())));
        assertRefused(
                Ask.Install.of("nowhere"),
                problemOf(() -> robot().manager().install(request(Ask.Install.of("nowhere")), DORA)));
    }

    @Test
    void shouldNameTheFieldsThatAreWrong() throws Exception {
        String id = running().toString();
        String range = "must be a version or range such as 1.2.3, ^1.2 or >=1.0 <2";
        String phases = "must be one of installing, stopped, starting, running, suspended, stopping, backoff, failed,"
                + " removing";
        Ask.Install lamp = Ask.Install.of("lamp");

        assertWrong(
                new Ask.Install(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                "name",
                "is missing");
        assertWrong(
                Ask.Install.of("Bad Name"),
                "name",
                "must start with a lower-case letter and have at most 64 lower-case letters, digits and underscores");
        assertWrong(lamp.withVersion("new!"), "version", range);
        assertWrong(
                lamp.withRepository("No One"), "repository", "must be 1 to 64 lower-case letters, digits and hyphens");
        assertWrong(lamp.withInstance("12"), "instance_id", "must be 32 lower-case hexadecimal digits");
        assertWrong(new Ask.Update(id, "nonsense"), "desired_version", range);
        assertWrong(new Ask.ListModules(Optional.of("Running")), "state", phases);

        assertThat(robot().manager().modules(Caller.MANAGER))
                .filteredOn(module -> module.id().equals(id))
                .singleElement()
                .satisfies(module -> assertThat(module.version()).contains("1.0.0"));
    }

    private void assertWrong(Ask ask, String field, String detail) throws Exception {
        String place = face().place(ask, field);
        assertRefused(
                ask,
                Told.Problem.of(new Problem(
                        ProblemType.INVALID_REQUEST,
                        "The value at " + place + " " + detail + ".",
                        List.of(new FieldError(place, detail)))));
    }

    @Test
    void shouldNameAllFieldsThatAreWrongAtOnce() throws Exception {
        Ask ask =
                new Ask.Install(Optional.of("Bad Name"), Optional.of("new!"), Optional.of("No One"), Optional.of("12"));

        Reply reply = ask(Role.DEVELOPER, ask);

        assertThat(((Reply.Refused) reply).problem().errors())
                .extracting(FieldError::pointer)
                .containsExactly(
                        face().place(ask, "name"),
                        face().place(ask, "version"),
                        face().place(ask, "repository"),
                        face().place(ask, "instance_id"));
    }

    @Test
    void shouldRefuseACommandThatThereIsNot() throws Exception {
        ModuleId module = running();

        Reply reply = ask(Role.DEVELOPER, new Ask.Command(module.toString(), "explode"));

        assertThat(((Reply.Refused) reply).problem().status()).isBetween(400, 499);
        assertThat(robot().view(module).state().phase()).isEqualTo(ModuleView.Phase.RUNNING);
    }

    @Test
    void shouldSayWhatIsInTheWay() throws Exception {
        String base = fresh("base");
        ModuleId needed = robot().install(SampleModule.wellBehaved(base, "1.0.0"));
        robot().install(SampleModule.wellBehaved(fresh("top"), "1.0.0").needing(base));
        ModuleId bound = robot().install(SampleModule.wellBehaved(fresh("bound"), "1.0.0")
                .notPausable()
                .permitting("{removable: false, updatable: false}"));
        String twin = fresh("twin");
        robot().install(SampleModule.wellBehaved(twin, "1.0.0").permitting("{multi_instance: true}"), uuid("1"));
        robot().install(SampleModule.wellBehaved(twin, "1.0.0").permitting("{multi_instance: true}"), uuid("2"));
        String offered = fresh("offered");
        robot().offer(SampleModule.wellBehaved(base, "1.0.0"), SampleModule.wellBehaved(offered, "1.0.0"));

        assertConflict(new Ask.Remove(needed.toString()), ProblemType.MODULE_NEEDED);
        assertConflict(new Ask.Remove(bound.toString()), ProblemType.PERMISSION_DENIED_BY_MODULE);
        assertConflict(new Ask.Update(bound.toString(), "2.0.0"), ProblemType.PERMISSION_DENIED_BY_MODULE);
        assertConflict(new Ask.Command(bound.toString(), "suspend"), ProblemType.SUSPEND_NOT_SUPPORTED);
        assertConflict(new Ask.Command(needed.toString(), "rollback"), ProblemType.NOTHING_TO_ROLL_BACK);
        assertConflict(new Ask.Command(twin, "stop"), ProblemType.AMBIGUOUS_MODULE);
        assertConflict(Ask.Install.of(base).withInstance(needed.instanceId()), ProblemType.ALREADY_INSTALLED);
        assertConflict(Ask.Install.of(offered).withVersion("^9"), ProblemType.PACKAGE_NOT_FOUND);
    }

    private static Optional<String> uuid(String digit) {
        return Optional.of(digit.repeat(32));
    }

    private void assertConflict(Ask.Remove ask, ProblemType type) throws Exception {
        assertConflict(ask, type, problemOf(() -> robot().manager().remove(ask.id(), false, DORA)));
    }

    private void assertConflict(Ask.Update ask, ProblemType type) throws Exception {
        assertConflict(
                ask, type, problemOf(() -> robot().manager().change(ask.id(), toVersion(ask.version()), "*", DORA)));
    }

    private void assertConflict(Ask.Command ask, ProblemType type) throws Exception {
        assertConflict(ask, type, problemOf(() -> robot().manager().command(ask.id(), command(ask.command()), DORA)));
    }

    private void assertConflict(Ask.Install ask, ProblemType type) throws Exception {
        assertConflict(ask, type, problemOf(() -> robot().manager().install(request(ask), DORA)));
    }

    private void assertConflict(Ask ask, ProblemType type, Told.Problem expected) throws Exception {
        assertThat(expected.code()).isEqualTo(type.code());
        assertRefused(ask, expected);
    }

    @Test
    void shouldChangeOnlyWhatWasReadBefore() throws Exception {
        ModuleId module = running();
        String id = module.toString();
        String tag = robot().view(module).etag();
        Ask.ChangeAlias change = new Ask.ChangeAlias(id, fresh("first"), Optional.of(tag));
        if (!offers(change)) {
            return;
        }
        Voice developer = face().as(Role.DEVELOPER);

        Reply careless = developer.ask(new Ask.ChangeAlias(id, change.alias(), Optional.empty()));
        Reply first = developer.ask(change);
        Reply stale = developer.ask(new Ask.ChangeAlias(id, fresh("second"), Optional.of(tag)));

        assertThat(code(careless)).isEqualTo(ProblemType.IF_MATCH_REQUIRED.code());
        assertThat(first).isInstanceOf(Reply.Accepted.class);
        assertThat(code(stale)).isEqualTo(ProblemType.STALE_ETAG.code());
        assertThat(robot().view(module).alias()).contains(change.alias());
    }

    private static String code(Reply reply) {
        return ((Reply.Refused) reply).problem().code();
    }

    // ---- what is not offered ----

    @Test
    void shouldRefuseCleanlyWhatItDoesNotOffer() throws Exception {
        ModuleId module = running();
        String id = module.toString();
        Path file = SampleModule.wellBehaved(fresh("unwanted"), "1.0.0").packIn(Files.createDirectories(uploads));
        Voice developer = face().as(Role.DEVELOPER);

        for (Ask ask : List.of(
                new Ask.ChangeAlias(id, "left", Optional.of("*")),
                new Ask.KeyedCommand(id, "stop", "key"),
                new Ask.Upload(file),
                new Ask.GetOperation(NO_OPERATION),
                new Ask.CancelOperation(NO_OPERATION))) {
            if (!offers(ask)) {
                assertThat(face().withheld().get(ask.getClass())).as("why").isNotBlank();
                Reply reply = developer.ask(ask);
                assertThat(reply).as("%s", ask).isInstanceOfAny(Reply.NotOffered.class, Reply.Refused.class);
                if (reply instanceof Reply.Refused refused) {
                    assertThat(refused.problem().status()).as("%s", reply).isBetween(400, 499);
                }
            }
        }

        assertThat(robot().view(module).alias()).isEmpty();
        assertThat(robot().view(module).state().phase()).isEqualTo(ModuleView.Phase.RUNNING);
        assertThat(robot().manager().modules(Caller.MANAGER))
                .noneMatch(other -> other.name().startsWith("unwanted"));
        assertThat(ask(Role.VIEWER, new Ask.GetModule(id)))
                .as("it still answers")
                .isInstanceOf(Reply.Module.class);
    }
}
