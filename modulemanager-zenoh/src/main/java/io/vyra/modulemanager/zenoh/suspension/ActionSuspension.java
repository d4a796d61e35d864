package io.vyra.modulemanager.zenoh.suspension;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.bus.ModuleReports;
import io.vyra.modulemanager.feed.FeedEntry;
import io.vyra.modulemanager.module.Lifecycle;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.StateLayers;
import io.vyra.modulemanager.supervision.Suspension;
import io.vyra.modulemanager.zenoh.bus.Answer;
import io.vyra.modulemanager.zenoh.bus.ModuleQuestions;
import io.vyra.modulemanager.zenoh.connection.BusConnection;
import io.vyra.modulemanager.zenoh.payload.JsonPayloads;
import io.vyra.modulemanager.zenoh.payload.Refusals;
import io.vyra.modulemanager.zenoh.watch.StateReader;
import io.vyra.zenoh.session.Subscriber;
import io.vyra.zenoh.session.ZenohSession;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/**
 * Sends a module the goal of its action, and waits for the result.
 *
 * <p>Whatever is lost on the way, the module's own state decides: {@code Suspended} is suspended. Thread-safe.
 */
public final class ActionSuspension implements Suspension {
    private static final Logger LOG = Logger.getLogger(ActionSuspension.class);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final BusConnection connection;
    private final ModuleQuestions queries;
    private final StateReader states;
    private final ModuleReports reports;
    private final JsonPayloads payloads;
    private final Refusals refusals;
    private final Executor threads;
    private final Duration patience;
    private final Duration longest;

    /**
     * @param patience how long a module may say nothing of a goal before its result
     * @param longest  how long it may take from the goal to the result, however much it says
     */
    public ActionSuspension(
            BusConnection connection,
            ModuleQuestions queries,
            StateReader states,
            ModuleReports reports,
            JsonPayloads payloads,
            Refusals refusals,
            Executor threads,
            Duration patience,
            Duration longest) {
        this.connection = connection;
        this.queries = queries;
        this.states = states;
        this.reports = reports;
        this.payloads = payloads;
        this.refusals = refusals;
        this.threads = threads;
        this.patience = patience;
        this.longest = longest;
    }

    @Override
    public CompletableFuture<Outcome> suspend(ModuleId module) {
        return ask(new Wish(module, "request_lc_suspend", Lifecycle.SUSPENDED));
    }

    @Override
    public CompletableFuture<Outcome> resume(ModuleId module) {
        return ask(new Wish(module, "request_lc_resume", Lifecycle.ACTIVE));
    }

    /** One whose state was heard of is a VYRA module; whether it has the actions shows when it is asked. */
    @Override
    public boolean mayServe(ModuleId module) {
        return !reports.layers(module).isUnknown();
    }

    private record Wish(ModuleId module, String action, Lifecycle wanted) {}

    private CompletableFuture<Outcome> ask(Wish wish) {
        return CompletableFuture.supplyAsync(() -> fulfil(wish), threads).exceptionally(broken -> {
            LOG.errorf(broken, "Action broke module=%s action=%s", wish.module(), wish.action());
            return new Outcome.Unreachable("it could not be asked: " + broken.getMessage());
        });
    }

    private Outcome fulfil(Wish wish) {
        Optional<ZenohSession> session = connection.connected();
        if (session.isEmpty()) {
            return new Outcome.Unreachable("the bus is not connected: " + connection.whyNot());
        }
        if (isThere(wish)) {
            return new Outcome.Done("it says that it is " + wish.wanted().wire());
        }
        ActionProgress progress = new ActionProgress(payloads, refusals, feedback -> tell(wish, feedback));
        // Before the goal: the result is published once, and nobody keeps it.
        try (Subscriber subscriber =
                session.get().declareSubscriber(wish.module() + "/" + wish.action() + "/*/*", progress::take)) {
            LOG.debugf("Waiting for a result key=%s", subscriber.key());
            return afterGoal(wish, progress);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Unreachable("the wait for its result was interrupted");
        }
    }

    /** For people. */
    private void tell(Wish wish, ObjectNode feedback) {
        reports.entry(FeedEntry.Kind.NEWS, wish.module(), wish.action() + ": " + payloads.text(feedback), "feedback");
    }

    private boolean isThere(Wish wish) {
        return states.read(wish.module())
                .flatMap(StateLayers::lifecycle)
                .filter(wish.wanted()::equals)
                .isPresent();
    }

    private Outcome afterGoal(Wish wish, ActionProgress progress) throws InterruptedException {
        return switch (queries.ask(wish.module(), wish.action() + "/goal", payloads.object(), ANSWER)) {
            case Answer.Told told -> afterAnswer(wish, told.body(), progress);
            case Answer.Failed failed -> judged(wish, new Outcome.Refused(failed.message()));
            case Answer.Unreadable unreadable ->
                judged(wish, new Outcome.Unreachable("its answer to the goal: " + unreadable.why()));
            case Answer.Late _ -> judged(wish, new Outcome.Unreachable("it did not answer to the goal within 5 s"));
            case Answer.Disconnected disconnected -> judged(wish, new Outcome.Unreachable(disconnected.why()));
            case Answer.Nobody _ ->
                states.read(wish.module()).isPresent()
                        ? new Outcome.NotServed("it has no action " + wish.action())
                        : new Outcome.Unreachable("it is not on the bus");
        };
    }

    private Outcome afterAnswer(Wish wish, ObjectNode answer, ActionProgress progress) throws InterruptedException {
        if (!answer.path("accepted").asBoolean(false)) {
            return judged(
                    wish,
                    new Outcome.Refused(
                            answer.path("message").asText("it did not accept the goal and did not say why")));
        }
        String goal = answer.path("goal_id").asText("");
        Optional<ObjectNode> result = progress.await(goal, patience, longest);
        if (result.isEmpty()) {
            Outcome outcome = judged(
                    wish,
                    new Outcome.Unreachable("it did not say how it ended: nothing was heard of it for "
                            + patience.toSeconds() + " s, or it took more than " + longest.toSeconds() + " s"));
            if (!(outcome instanceof Outcome.Done)) {
                queries.ask(
                        wish.module(),
                        wish.action() + "/cancel",
                        payloads.object().put("goal_id", goal),
                        ANSWER);
            }
            return outcome;
        }
        String message = result.get().path("message").asText("");
        if (result.get().path("success").asBoolean(false)) {
            states.read(wish.module());
            return new Outcome.Done(message.isEmpty() ? "it says that it did" : message);
        }
        return judged(wish, new Outcome.Refused(message.isEmpty() ? "it did not say why" : message));
    }

    /** What is lost or unclear, the module's state decides. */
    private Outcome judged(Wish wish, Outcome otherwise) {
        return isThere(wish)
                ? new Outcome.Done("it says that it is " + wish.wanted().wire())
                : otherwise;
    }
}
