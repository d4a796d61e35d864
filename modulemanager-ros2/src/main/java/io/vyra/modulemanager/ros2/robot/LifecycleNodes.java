package io.vyra.modulemanager.ros2.robot;

import io.vyra.ros2.idl.TypeName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Asks managed nodes where they are, and brings them elsewhere. Blocking; thread-safe. */
public final class LifecycleNodes {
    private static final TypeName GET = new TypeName("lifecycle_msgs", TypeName.Kind.SRV, "GetState");
    private static final TypeName CHANGE = new TypeName("lifecycle_msgs", TypeName.Kind.SRV, "ChangeState");
    private static final Duration ASK = Duration.ofSeconds(2);
    /** Nodes do their work in their transitions. */
    private static final Duration STEP = Duration.ofSeconds(10);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final NodeServices services;
    private final Duration patience;

    public LifecycleNodes(NodeServices services) {
        this(services, STEP);
    }

    /** @param patience how long a node may take for one transition */
    LifecycleNodes(NodeServices services, Duration patience) {
        this.services = services;
        this.patience = patience;
    }

    /** Where a node is; empty when it does not say so in time. */
    Optional<LifecycleState> state(String node, Duration timeout) throws InterruptedException {
        return services.call(node, "get_state", GET, Map.of(), timeout)
                .map(answer -> (Map<?, ?>) answer.get("current_state"))
                .map(state -> LifecycleState.of(((Number) state.get("id")).intValue()));
    }

    /** Configures and activates a node, from wherever it is; the result is why not, or empty. */
    Optional<String> activate(String node, Duration patience) throws InterruptedException {
        return walk(node, LifecycleState.ACTIVE, LifecycleStep::up, patience);
    }

    /** Deactivates and cleans up a node, from wherever it is; the result is why not, or empty. */
    Optional<String> cleanUp(String node, Duration patience) throws InterruptedException {
        return walk(node, LifecycleState.UNCONFIGURED, LifecycleStep::down, patience);
    }

    /** A step that was asked for, and whether the node answered. */
    private record Attempt(LifecycleState from, LifecycleStep step, boolean isAnswered) {}

    private Optional<String> walk(
            String node,
            LifecycleState target,
            Function<LifecycleState, Optional<LifecycleStep>> next,
            Duration patience)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        Optional<Attempt> last = Optional.empty();
        while (true) {
            // Whatever was answered, and above all when nothing was: the state alone tells what happened.
            Optional<LifecycleState> state = state(node, shorter(ASK, deadline));
            if (state.isEmpty()) {
                // One that does one thing after the other says nothing while it makes the step that it was asked for.
                if (last.filter(it -> !it.isAnswered()).isPresent() && System.nanoTime() < deadline) {
                    Thread.sleep(LOOK_AGAIN);
                    continue;
                }
                return Optional.of(node + " does not say in which state it is");
            }
            LifecycleState now = state.get();
            if (now == target) {
                return Optional.empty();
            }
            if (System.nanoTime() >= deadline) {
                return Optional.of(node + " is " + now.text() + " and did not become " + target.text() + " in time");
            }
            if (now.isPassing()) {
                Thread.sleep(LOOK_AGAIN);
                continue;
            }
            Optional<LifecycleStep> step = next.apply(now);
            if (step.isEmpty()) {
                return Optional.of(node + " is " + now.text() + ", from where it cannot become " + target.text());
            }
            if (last.filter(it -> it.from() == now).isPresent()) {
                return Optional.of(node
                        + (last.get().isAnswered() ? " would not " : " did not answer when asked to ")
                        + last.get().step().text() + " and is still " + now.text());
            }
            Optional<Boolean> answer = change(node, step.get(), shorter(this.patience, deadline));
            last = Optional.of(new Attempt(now, step.get(), answer.isPresent()));
        }
    }

    private Optional<Boolean> change(String node, LifecycleStep wanted, Duration timeout) throws InterruptedException {
        Map<String, Object> request = Map.of("transition", Map.of("id", wanted.id()));
        return services.call(node, "change_state", CHANGE, request, timeout)
                .map(answer -> (Boolean) answer.get("success"));
    }

    /** At least a little, so that a state is read back even at the end. */
    private static Duration shorter(Duration usual, long deadline) {
        Duration left = Duration.ofNanos(Math.max(LOOK_AGAIN.toNanos(), deadline - System.nanoTime()));
        return left.compareTo(usual) < 0 ? left : usual;
    }
}
