package io.vyra.ros2.graph;

import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.rtps.qos.Qos;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;

/** Serves an action. Each goal runs in a thread of its own. Thread-safe. */
public final class ActionServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ActionServer.class.getName());
    /** Of cancel_goal: none of the goals that are meant can be canceled; the goal is not known; it has ended. */
    private static final int REJECTED = 1;

    private static final int UNKNOWN_GOAL = 2;
    private static final int TERMINATED = 3;
    private static final int MOST_RUNNING = 32;
    private static final int MOST_KEPT = 100;
    private static final ByteBuffer EVERY_GOAL = ByteBuffer.wrap(new byte[16]);

    private final Handler handler;
    private final List<AutoCloseable> parts;
    private final Publisher feedback;
    private final Publisher status;
    private final Map<ByteBuffer, Goal> goals = new LinkedHashMap<>();

    /** Decides on goals and reaches them. */
    public interface Handler {
        /** Whether the goal is taken up. */
        boolean accept(Map<String, Object> goal);

        /** Reaches a goal, which may take long. Fails by {@link GoalOutcome#aborted} or by any exception. */
        GoalOutcome execute(Goal goal) throws InterruptedException;
    }

    /** A goal that was taken up. Thread-safe. */
    public final class Goal {
        private final ByteBuffer id;
        private final Map<String, Object> request;
        private final Instant accepted = Instant.now();
        private final CompletableFuture<GoalOutcome> outcome = new CompletableFuture<>();
        private GoalStatus state = GoalStatus.ACCEPTED;
        private Optional<BooleanSupplier> canceling = Optional.empty();

        private Goal(ByteBuffer id, Map<String, Object> request) {
            this.id = id;
            this.request = request;
        }

        /** What is to be reached. */
        public Map<String, Object> request() {
            return request;
        }

        /** Whether the goal shall be given up, as soon as that is safe. */
        public boolean isCancelRequested() {
            return state() == GoalStatus.CANCELING;
        }

        /**
         * Has something decide from now on whether a request to cancel the goal is granted. Until then each is, so look at
         * {@link #isCancelRequested} afterwards.
         *
         * @param decision gives the goal up if that can still be done, and tells whether it did; may block, and be asked by several threads
         */
        public void onCancel(BooleanSupplier decision) {
            synchronized (goals) {
                canceling = Optional.of(decision);
            }
        }

        public GoalStatus state() {
            synchronized (goals) {
                return state;
            }
        }

        /** Gives it up where that is granted; the result is whether it will be, or is by now. */
        private boolean giveUp() {
            Optional<BooleanSupplier> decision;
            synchronized (goals) {
                if (state.isTerminal()) {
                    return false;
                }
                decision = canceling;
                if (decision.isEmpty() || state == GoalStatus.CANCELING) {
                    change(this, GoalStatus.CANCELING);
                    return true;
                }
            }
            // Not under the lock, because it may take a while.
            if (!decision.get().getAsBoolean()) {
                return false;
            }
            synchronized (goals) {
                // It may have ended by that already.
                if (!state.isTerminal()) {
                    change(this, GoalStatus.CANCELING);
                }
            }
            return true;
        }

        /** Tells how far it is. */
        public void publishFeedback(Map<String, Object> progress) {
            feedback.publish(Map.of("goal_id", ActionNames.message(id), "feedback", progress));
        }

        private Map<String, Object> info() {
            return Map.of("goal_id", ActionNames.message(id), "stamp", stamp(accepted));
        }
    }

    /** Starts to serve. */
    public ActionServer(RosNode node, String action, TypeName type, Handler handler) {
        this.handler = handler;
        this.feedback = node.createPublisher(ActionNames.feedback(action), type.part("FeedbackMessage"), Qos.DEFAULT);
        this.status = node.createPublisher(ActionNames.status(action), ActionNames.STATUS, ActionNames.STATUS_QOS);
        this.parts = List.of(
                node.createService(ActionNames.getResult(action), type.part("GetResult"), this::getResult),
                node.createService(ActionNames.cancelGoal(action), ActionNames.CANCEL_GOAL, this::cancel),
                node.createService(ActionNames.sendGoal(action), type.part("SendGoal"), this::sendGoal),
                feedback,
                status);
    }

    private static Map<String, Object> stamp(Instant time) {
        return Map.of("sec", (int) time.getEpochSecond(), "nanosec", time.getNano());
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> sendGoal(Map<String, Object> request) {
        ByteBuffer id = ActionNames.id(request.get("goal_id"));
        Goal goal = new Goal(id, (Map<String, Object>) request.get("goal"));
        synchronized (goals) {
            long running = goals.values().stream()
                    .filter(each -> !each.state.isTerminal())
                    .count();
            if (goals.containsKey(id) || running >= MOST_RUNNING) {
                return Map.of("accepted", false);
            }
        }
        if (!handler.accept(goal.request())) {
            return Map.of("accepted", false);
        }
        synchronized (goals) {
            if (goals.putIfAbsent(id, goal) != null) {
                return Map.of("accepted", false);
            }
        }
        Thread.ofVirtual().name("goal").start(() -> run(goal));
        return Map.of("accepted", true, "stamp", stamp(goal.accepted));
    }

    private void run(Goal goal) {
        change(goal, GoalStatus.EXECUTING);
        GoalOutcome outcome;
        try {
            outcome = handler.execute(goal);
        } catch (InterruptedException e) {
            outcome = GoalOutcome.aborted(Map.of());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "A goal failed", e);
            outcome = GoalOutcome.aborted(Map.of());
        }
        change(goal, outcome.status());
        goal.outcome.complete(outcome);
    }

    private void change(Goal goal, GoalStatus state) {
        List<Map<String, Object>> all = new ArrayList<>();
        synchronized (goals) {
            // A goal that is to be canceled before it began stays so.
            if (state != GoalStatus.EXECUTING || goal.state == GoalStatus.ACCEPTED) {
                goal.state = state;
            }
            goals.values().removeIf(each -> each.state.isTerminal() && each != goal && goals.size() > MOST_KEPT);
            goals.values().forEach(each -> all.add(Map.of("goal_info", each.info(), "status", each.state.ordinal())));
            status.publish(Map.of("status_list", all));
        }
    }

    private Map<String, Object> getResult(Map<String, Object> request) {
        Goal goal;
        synchronized (goals) {
            goal = goals.get(ActionNames.id(request.get("goal_id")));
        }
        if (goal == null) {
            return Map.of("status", GoalStatus.UNKNOWN.ordinal());
        }
        try {
            GoalOutcome outcome = goal.outcome.get();
            return Map.of("status", outcome.status().ordinal(), "result", outcome.result());
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("The goal has no outcome", e);
        }
    }

    /** Without an id every goal is meant, or with a time only those that were accepted until then (the rules of CancelGoal.srv). */
    private Map<String, Object> cancel(Map<String, Object> request) {
        Map<?, ?> info = (Map<?, ?>) request.get("goal_info");
        ByteBuffer id = ActionNames.id(info.get("goal_id"));
        Map<?, ?> stamp = (Map<?, ?>) info.get("stamp");
        Instant until = Instant.ofEpochSecond(
                ((Number) stamp.get("sec")).longValue(), ((Number) stamp.get("nanosec")).longValue());
        Goal named;
        List<Goal> meant;
        synchronized (goals) {
            named = goals.get(id);
            meant = goals.values().stream()
                    .filter(goal -> goal == named
                            || id.equals(EVERY_GOAL) && until.equals(Instant.EPOCH)
                            || !until.equals(Instant.EPOCH) && !goal.accepted.isAfter(until))
                    .filter(goal -> !goal.state.isTerminal())
                    .toList();
        }
        List<Map<String, Object>> canceling =
                meant.stream().filter(Goal::giveUp).map(Goal::info).toList();
        int code = 0;
        if (canceling.isEmpty()) {
            boolean isRefused = !meant.isEmpty() || id.equals(EVERY_GOAL);
            code = isRefused ? REJECTED : named == null ? UNKNOWN_GOAL : TERMINATED;
        }
        return Map.of("return_code", code, "goals_canceling", canceling);
    }

    /** How many clients receive feedback. */
    public int listeners() {
        return feedback.subscriptions();
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable part : parts) {
            part.close();
        }
    }
}
