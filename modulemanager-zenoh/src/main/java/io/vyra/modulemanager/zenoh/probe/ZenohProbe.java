package io.vyra.modulemanager.zenoh.probe;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.Probe;
import io.vyra.modulemanager.runtime.BusProbe;
import io.vyra.modulemanager.runtime.ProbeResult;
import io.vyra.modulemanager.zenoh.bus.Answer;
import io.vyra.modulemanager.zenoh.bus.ModuleKeys;
import io.vyra.modulemanager.zenoh.bus.ModuleQuestions;
import io.vyra.modulemanager.zenoh.connection.BusConnection;
import io.vyra.modulemanager.zenoh.payload.JsonPayloads;
import io.vyra.modulemanager.zenoh.watch.Heartbeats;
import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.session.ZenohSession;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** Asks modules over Zenoh whether they work. Thread-safe, blocking. */
public final class ZenohProbe implements BusProbe {
    private final BusConnection connection;
    private final ModuleQuestions queries;
    private final Heartbeats heartbeats;
    private final JsonPayloads payloads;

    public ZenohProbe(BusConnection connection, ModuleQuestions queries, Heartbeats heartbeats, JsonPayloads payloads) {
        this.connection = connection;
        this.queries = queries;
        this.heartbeats = heartbeats;
        this.payloads = payloads;
    }

    @Override
    public ProbeResult run(ModuleId module, Probe.Bus probe, Duration uptime, Duration timeout) {
        return switch (probe) {
            case Probe.BusFunction(String name) -> function(module, name, timeout);
            case Probe.BusToken(String key) -> token(ModuleKeys.key(module, key), timeout);
            case Probe.BusHeartbeat(Duration maxAge) -> heartbeat(module, maxAge, uptime);
            case Probe.RosNodes _ -> new ProbeResult.Failed("nodes of ROS 2 are not on this bus");
        };
    }

    private ProbeResult function(ModuleId module, String name, Duration timeout) {
        return switch (queries.ask(module, name, payloads.object(), timeout)) {
            case Answer.Told _ -> new ProbeResult.Passed();
            case Answer.Failed failed -> new ProbeResult.Failed(name + " answered with an error: " + failed.message());
            case Answer.Unreadable unreadable -> new ProbeResult.Failed(name + " answered, but " + unreadable.why());
            case Answer.Nobody _ -> new ProbeResult.Failed("nobody on the bus serves its " + name);
            case Answer.Late _ -> new ProbeResult.Failed(name + " did not answer within " + inSeconds(timeout));
            case Answer.Disconnected disconnected -> new ProbeResult.Failed("the bus: " + disconnected.why());
        };
    }

    private ProbeResult token(KeyExpression key, Duration timeout) {
        Optional<ZenohSession> session = connection.connected();
        if (session.isEmpty()) {
            return new ProbeResult.Failed("the bus: " + connection.whyNot());
        }
        try {
            return session.get().livelinessGet(key, timeout).contains(key)
                    ? new ProbeResult.Passed()
                    : new ProbeResult.Failed("its token " + key + " does not stand");
        } catch (TimeoutException e) {
            return new ProbeResult.Failed(
                    "the bus did not say within " + inSeconds(timeout) + " whether " + key + " stands");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ProbeResult.Failed("the probe was interrupted");
        }
    }

    private ProbeResult heartbeat(ModuleId module, Duration maxAge, Duration uptime) {
        Optional<Duration> age = heartbeats.age(module);
        if (age.isEmpty() || age.get().compareTo(uptime) > 0) {
            return new ProbeResult.Failed("it was not heard of on the bus since its start");
        }
        return age.get().compareTo(maxAge) <= 0
                ? new ProbeResult.Passed()
                : new ProbeResult.Failed(
                        "it was last heard of " + inSeconds(age.get()) + " ago, allowed are " + inSeconds(maxAge));
    }

    private static String inSeconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
