package io.vyra.modulemanager.zenoh.command;

import static io.vyra.modulemanager.zenoh.Contract.assertFits;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.Explanation;
import io.vyra.modulemanager.KeptVersion;
import io.vyra.modulemanager.LogLine;
import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.ModuleStats;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.TransitionView;
import io.vyra.modulemanager.access.Account;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.bus.BusStatus;
import io.vyra.modulemanager.bus.ParameterChange;
import io.vyra.modulemanager.catalog.CatalogEntry;
import io.vyra.modulemanager.catalog.Plan;
import io.vyra.modulemanager.catalog.PlannedOrder;
import io.vyra.modulemanager.catalog.Repository;
import io.vyra.modulemanager.catalog.RepositoryStatus;
import io.vyra.modulemanager.feed.FeedEntry;
import io.vyra.modulemanager.feed.FeedEvent;
import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.UpdateOrder;
import io.vyra.modulemanager.module.VersionRange;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.problem.Problem;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.runtime.ExitEvidence;
import io.vyra.modulemanager.runtime.ModuleProcess;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.semver4j.Semver;

/** The documents have the fields that {@code openapi.yaml} lists, and no others: whoever reads REST can read these. */
class ContractTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String ID = "arm_" + "1".repeat(32);
    private static final ExitEvidence EXIT = new ExitEvidence(
            1, OptionalInt.of(3), OptionalInt.empty(), false, NOW, Duration.ofMillis(1200), List.of("bye"), "");
    private static final Problem PROBLEM =
            new Problem(ProblemType.INVALID_REQUEST, "Wrong.", List.of(new Problem.FieldError("/a", "is wrong")));

    private final Documents documents = new Documents();

    @Test
    void shouldWriteWhatTheContractSays() {
        ObjectNode module = documents.module(module());
        assertThat(module.remove("etag")).as("over REST it is a header").isNotNull();
        assertFits(module, "Module");
        assertFits(
                documents.explanation(new Explanation(
                        ID,
                        "running",
                        "It runs.",
                        List.of(new Explanation.Blocker(ID, "failed", "is needed")),
                        List.of(new TransitionView(ID, NOW, "starting", "running", "probe passed")),
                        Optional.of(NOW),
                        3,
                        List.of("nothing"))),
                "Explanation");
        assertFits(documents.transition(new TransitionView(ID, NOW, "a", "b", "c")), "Transition");
        assertFits(documents.keptVersion(new KeptVersion(ID, "1.0.0", 7, NOW, List.of("current"))), "KeptVersion");
        assertFits(
                documents.stats(new ModuleStats(
                        ID,
                        Optional.of(new ModuleProcess.Usage(1, 2, 3)),
                        4,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(4),
                        List.of(EXIT))),
                "Stats");
        assertFits(documents.logLine(new LogLine(NOW, "stdout", "hello")), "LogLine");
        assertFits(documents.operation(operation()), "Operation");
        assertFits(documents.problem(PROBLEM), "EmbeddedProblem");
        assertFits(
                documents.parameterChange(new ParameterChange(
                        7,
                        NOW,
                        "anna",
                        JsonNodeFactory.instance.objectNode().put("speed", 1),
                        JsonNodeFactory.instance.objectNode().put("speed", 2))),
                "ParameterChange");
    }

    @Test
    void shouldWriteWhatTheContractSaysOfPackages() {
        PackageDocuments packages = new PackageDocuments(documents);
        CatalogEntry entry = new CatalogEntry(
                "demo",
                "arm",
                Semver.parse("1.1.0"),
                Optional.empty(),
                "d",
                "a",
                List.of("b"),
                Optional.empty(),
                List.of(new Manifest.Dependency("motor", VersionRange.parse("^1.2"), true)),
                URI.create("file:///arm.tar.gz"),
                OptionalLong.of(7),
                Optional.empty());
        Plan plan = new Plan(
                List.of(
                        new Plan.PlannedModule(ID, Optional.of("1.0.0"), entry, Optional.empty()),
                        new Plan.PlannedModule(
                                ID,
                                Optional.of("1.0.0"),
                                entry,
                                Optional.empty(),
                                Optional.of(new PlannedOrder(UpdateOrder.START_FIRST, "1.0.0 permits it")))),
                1,
                2,
                3,
                4,
                List.of(80),
                Duration.ofMillis(1500),
                List.of(PROBLEM),
                List.of("careful"));
        Repository repository =
                new Repository("demo", "Demo", "file:///demo", 100, true, "", Optional.of("secret"), Optional.empty());
        RepositoryStatus status = new RepositoryStatus(
                "demo", false, Optional.of(NOW), Optional.empty(), Optional.of(PROBLEM), 1, List.of("w"));

        assertFits(packages.plan(plan), "Plan");
        ObjectNode item = packages.catalogItem(entry, List.of(module()));
        assertFits(item, "CatalogItem");
        assertThat(item.path("update_available").asBoolean()).isTrue();
        ObjectNode source = packages.repository(repository, status);
        assertFits(source, "Repository");
        assertThat(source.toString()).doesNotContain("secret");
    }

    @Test
    void shouldWriteWhatTheContractSaysOfTheManager() {
        ManagerDocuments own = new ManagerDocuments(documents);
        ModuleId hidden = new ModuleId("hidden", "9".repeat(32));
        BusStatus.Snapshot bus = new BusStatus.Snapshot(
                BusStatus.Mode.ROUTER,
                true,
                NOW,
                "",
                "ab",
                List.of("tcp/127.0.0.1:7447"),
                Optional.of(new BusStatus.Upstream("tcp/10.0.0.2:7447", false, NOW)),
                List.of(face(1, new ModuleId("arm", "1".repeat(32))), face(2, hidden)),
                List.of(
                        new BusStatus.Route(BusStatus.RouteKind.QUERYABLE, ID + "/get_state", Optional.of(1L)),
                        new BusStatus.Route(BusStatus.RouteKind.TOKEN, "manager/alive", Optional.empty()),
                        new BusStatus.Route(BusStatus.RouteKind.TOKEN, hidden + "/alive", Optional.of(2L))),
                3,
                Map.of(hidden, BusStatus.Traffic.NONE),
                BusStatus.Counters.NONE);

        ObjectNode all = own.bus(bus, _ -> true);
        assertFits(all, "Bus");
        assertThat(all.path("faces")).hasSize(2);
        assertThat(all.path("routes").get(1).path("face").isNull()).isTrue();
        assertThat(own.bus(bus, module -> !module.equals(hidden.toString())).toString())
                .doesNotContain("hidden");
        assertFits(own.user(new Account("anna", Role.ADMIN, false, NOW)), "User");
        assertFits(
                own.feedEntry(new FeedEvent.Entry(7, NOW, new FeedEntry(FeedEntry.Kind.NEWS, ID, "m", "d"))),
                "FeedEntry");
        assertFits(own.problemType(ProblemType.DISK_FULL), "ProblemType");
        assertFits(
                documents.usage(new ModuleStats(ID, Optional.empty(), 4, Duration.ZERO, Duration.ZERO, List.of())),
                "Usage");
    }

    private static BusStatus.Face face(long id, ModuleId module) {
        return new BusStatus.Face(
                id,
                "cd",
                "client",
                "tcp/127.0.0.1:5",
                Optional.of("anna"),
                Optional.of(module),
                NOW,
                BusStatus.Traffic.NONE,
                0);
    }

    private static ModuleView module() {
        return new ModuleView(
                ID,
                "arm",
                "1".repeat(32),
                Optional.of("a"),
                new Manifest.About("Arm", "d", "a", "e", Optional.empty(), Optional.of("i"), List.of("b"), true),
                List.of(new Manifest.Dependency("motor", VersionRange.parse("^1.2"), true)),
                Optional.of("1.0.0"),
                ModuleManager.DesiredState.RUNNING,
                Optional.of("1.0.0"),
                new ModuleView.State(
                        ModuleView.Phase.RUNNING, Optional.of("Active"), Optional.empty(), "healthy", NOW, "r"),
                new ModuleView.Runtime(
                        "process", Optional.of(1L), Optional.of(NOW), 0, Optional.of(EXIT), List.of("cpu")),
                Manifest.Permissions.DEFAULT,
                true,
                false,
                Optional.of(new ModuleView.AvailableUpdate("1.1.0", "demo")),
                Optional.empty(),
                Map.of("team", "arm"),
                "rev-1");
    }

    private static Operation operation() {
        return new Operation(
                "2".repeat(32),
                Operation.Kind.START,
                ID,
                new Operation.Origin("requested by anna", "anna", NOW),
                new Operation.Progress(
                        Operation.Status.FAILED,
                        List.of(Operation.StepProgress.pending("start", "Starting arm")),
                        Optional.of(NOW),
                        NOW,
                        Optional.of(NOW),
                        false,
                        Optional.of(PROBLEM)));
    }
}
