package io.vyra.module;

import io.vyra.module.json.JsonObject;
import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.link.Endpoint;
import io.vyra.zenoh.session.LivelinessToken;
import io.vyra.zenoh.session.SessionListener;
import io.vyra.zenoh.session.SessionSettings;
import io.vyra.zenoh.session.ZenohSession;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * A running VYRA module. Thread-safe.
 *
 * <pre>{@code
 * try (VyraModule module = VyraModule.fromEnvironment()
 *         .parameter(Parameter.number("rate", 1).between(0.1, 10))
 *         .function("greet", arguments -> JsonObject.of("greeting", "hello"))
 *         .start()) {
 *     module.state().become(Operational.READY);
 *     module.awaitEnd();
 * }
 * }</pre>
 *
 * <p>It starts whether or not a router can be reached, and connects again by itself. Once started it is Active; it tells every five
 * seconds that it is there and how it is. Besides what it was given it has the functions that every VYRA module has, the actions
 * {@code request_lc_suspend} and {@code request_lc_resume}, and a liveliness token on its id.
 */
public final class VyraModule implements AutoCloseable {
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);

    private final ZenohSession session;
    private final ModuleState state;
    private final Parameters parameters;
    private final Feeds feeds;
    private final Actions actions;
    private final CommonFunctions common;
    private final LivelinessToken token;
    private final ScheduledExecutorService heart;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread atExit = new Thread(this::end, "module-end");

    private VyraModule(Builder builder) {
        ModuleSettings settings = builder.settings;
        SessionSettings sessionSettings =
                SessionSettings.client(settings.endpoints().toArray(Endpoint[]::new));
        this.session = ZenohSession.start(
                settings.credentials().map(sessionSettings::withCredentials).orElse(sessionSettings), builder.listener);
        Bus bus = new Bus(session, settings.identity());
        this.feeds = new Feeds(bus, settings.identity(), Clock.systemUTC());
        this.state = new ModuleState((before, after) -> feeds.state(before.wire(), after));
        this.parameters = new Parameters(settings.storage(), builder.parameters, builder.parameterChanged);
        this.actions = new Actions(bus);
        this.common =
                new CommonFunctions(settings.identity(), state, parameters, feeds, builder.volatiles, builder.alias);
        builder.functions.forEach((name, function) -> {
            bus.serve(name, function);
            common.note(name, "service");
        });
        builder.actions.forEach((name, action) -> {
            actions.serve(name, action);
            common.note(name, "action");
        });
        actions.serve("request_lc_suspend", _ -> changeLifecycle(Lifecycle.SUSPENDED, builder.suspending));
        actions.serve("request_lc_resume", _ -> changeLifecycle(Lifecycle.ACTIVE, builder.resuming));
        List.of("request_lc_suspend", "request_lc_resume").forEach(name -> common.note(name, "action"));
        List.of("StateFeed", "NewsFeed", "ErrorFeed", "LogFeed")
                .forEach(name -> common.note("feeder/" + name, "message"));
        common.serve(bus);
        this.token = session.declareToken(KeyExpression.of(settings.identity().toString()));
        this.heart = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("module-heart").factory());
    }

    /** A module with what the environment says of it; see {@link ModuleSettings#fromEnvironment}. */
    public static Builder fromEnvironment() {
        return new Builder(ModuleSettings.fromEnvironment(System.getenv()));
    }

    public static Builder with(ModuleSettings settings) {
        return new Builder(settings);
    }

    private VyraModule begin() {
        parameters.load().forEach(complaint -> feeds.log(Feeds.Level.WARNING, "parameters", complaint));
        state.become(Lifecycle.ACTIVE);
        heart.scheduleAtFixedRate(() -> feeds.heartbeat(state.now()), 0, HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
        Runtime.getRuntime().addShutdownHook(atExit);
        return this;
    }

    private JsonObject changeLifecycle(Lifecycle next, Step step) throws Exception {
        Lifecycle before = state.now().lifecycle();
        boolean isRight = before == (next == Lifecycle.SUSPENDED ? Lifecycle.ACTIVE : Lifecycle.SUSPENDED);
        if (before != next && !isRight) {
            return outcome(false, "A module that is " + before.wire() + " does not become " + next.wire() + " next");
        }
        if (before != next) {
            step.run();
            state.become(next);
        }
        return outcome(true, "");
    }

    private JsonObject outcome(boolean success, String message) {
        return JsonObject.of("success", success)
                .with("message", message)
                .with("final_state", state.now().lifecycle().wire());
    }

    /** The three layers; the module changes what it is doing and how it is through them. */
    public ModuleState state() {
        return state;
    }

    public Parameters parameters() {
        return parameters;
    }

    public Feeds feeds() {
        return feeds;
    }

    /** A value that is lost at the end of the process; null when there is none of this name. */
    public Object volatileValue(String key) {
        return common.volatileValue(key);
    }

    public void volatileValue(String key, Object value) {
        common.volatileValue(key, value);
    }

    /** The session, for what is not a VYRA module's: other keys, other modules' functions. */
    public ZenohSession session() {
        return session;
    }

    /** Waits until the module is closed, or the process told to end. */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** Says that the module ends, and ends it. */
    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The process ends already: the hook was what ran.
            ended.countDown();
        }
    }

    private synchronized void end() {
        if (ended.getCount() == 0) {
            return;
        }
        heart.shutdownNow();
        actions.close();
        // From every other state the way leads through Active or Recovering.
        switch (state.now().lifecycle()) {
            case SUSPENDED, INITIALIZING -> state.become(Lifecycle.ACTIVE);
            case OFFLINE, ACTIVE, RECOVERING, SHUTTING_DOWN -> {}
        }
        state.become(Lifecycle.SHUTTING_DOWN);
        state.become(Lifecycle.OFFLINE);
        token.close();
        session.close();
        ended.countDown();
    }

    /** Something that is done before a state is entered; if it throws, the state stays as it is. */
    @FunctionalInterface
    public interface Step {
        void run() throws Exception;
    }

    /** Gathers what a module has. Not thread-safe. */
    public static final class Builder {
        private final ModuleSettings settings;
        private final List<Parameter> parameters = new ArrayList<>();
        private final Map<String, Object> volatiles = new LinkedHashMap<>();
        private final Map<String, Function> functions = new LinkedHashMap<>();
        private final Map<String, Action> actions = new LinkedHashMap<>();
        private BiConsumer<String, Object> parameterChanged = (_, _) -> {};
        private SessionListener listener = SessionListener.NONE;
        private Step suspending = () -> {};
        private Step resuming = () -> {};
        private String alias = "";

        private Builder(ModuleSettings settings) {
            this.settings = settings;
        }

        public Builder parameter(Parameter parameter) {
            parameters.add(parameter);
            return this;
        }

        /** Told of each parameter that was set from outside or by the module, with its new value. */
        public Builder onParameter(BiConsumer<String, Object> changed) {
            parameterChanged = changed;
            return this;
        }

        /** A value that can be read and set from outside and is not kept. */
        public Builder volatileValue(String key, Object initial) {
            volatiles.put(key, JsonObject.of("value", initial).get("value"));
            return this;
        }

        /** @param name segments of letters, digits and {@code _}, separated by {@code /} */
        public Builder function(String name, Function function) {
            functions.put(name, function);
            return this;
        }

        /** @param name as a function's */
        public Builder action(String name, Action action) {
            actions.put(name, action);
            return this;
        }

        /** Done before the module counts as suspended. */
        public Builder onSuspend(Step step) {
            suspending = step;
            return this;
        }

        /** Done before the module counts as active again. */
        public Builder onResume(Step step) {
            resuming = step;
            return this;
        }

        public Builder alias(String newAlias) {
            alias = newAlias;
            return this;
        }

        /** Hears of the connection to the router. */
        public Builder listener(SessionListener newListener) {
            listener = newListener;
            return this;
        }

        /** Starts the module. */
        public VyraModule start() {
            return new VyraModule(this).begin();
        }
    }
}
