package io.vyra.ros2.graph;

import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.rtps.qos.Qos;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Sends goals to an action. Thread-safe. */
public final class ActionClient implements AutoCloseable {
    private static final int MOST_LISTENERS = 1_000;

    private final ServiceClient sendGoal;
    private final ServiceClient cancelGoal;
    private final ServiceClient getResult;
    private final Subscription feedback;
    /** Feedback may come after the result, by another way: a goal's listener stays until many others have come. */
    private final Map<ByteBuffer, Consumer<Map<String, Object>>> listeners =
            Collections.synchronizedMap(new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Consumer<Map<String, Object>>> eldest) {
                    return size() > MOST_LISTENERS;
                }
            });

    /** A goal that the server took up. */
    public final class Goal {
        private final ByteBuffer id;

        private Goal(ByteBuffer id) {
            this.id = id;
        }

        /** Waits until the goal has ended. */
        public GoalOutcome await(Duration timeout) throws TimeoutException, InterruptedException {
            Map<String, Object> response = getResult.call(Map.of("goal_id", ActionNames.message(id)), timeout);
            @SuppressWarnings("unchecked")
            Map<String, Object> result = (Map<String, Object>) response.get("result");
            GoalStatus status = GoalStatus.of(response.get("status"));
            if (!status.isTerminal()) {
                throw new IllegalStateException("The server does not know the goal any more");
            }
            return new GoalOutcome(status, result);
        }

        /** Asks the server to give the goal up. The result is whether it will. */
        public boolean cancel(Duration timeout) throws TimeoutException, InterruptedException {
            Map<String, Object> response =
                    cancelGoal.call(Map.of("goal_info", Map.of("goal_id", ActionNames.message(id))), timeout);
            return ((Number) response.get("return_code")).intValue() == 0;
        }
    }

    public ActionClient(RosNode node, String action, TypeName type) {
        sendGoal = node.createClient(ActionNames.sendGoal(action), type.part("SendGoal"));
        cancelGoal = node.createClient(ActionNames.cancelGoal(action), ActionNames.CANCEL_GOAL);
        getResult = node.createClient(ActionNames.getResult(action), type.part("GetResult"));
        feedback = node.createSubscription(
                ActionNames.feedback(action), type.part("FeedbackMessage"), Qos.DEFAULT, this::received);
    }

    @SuppressWarnings("unchecked")
    private void received(Subscription.Message message) {
        Consumer<Map<String, Object>> listener =
                listeners.get(ActionNames.id(message.value().get("goal_id")));
        if (listener != null) {
            listener.accept((Map<String, Object>) message.value().get("feedback"));
        }
    }

    /**
     * Sends a goal to the server, which is awaited first.
     *
     * @param progress is given the goal's feedback
     * @return empty when the server does not take it up
     */
    public Optional<Goal> send(Map<String, Object> goal, Consumer<Map<String, Object>> progress, Duration timeout)
            throws TimeoutException, InterruptedException {
        UUID uuid = UUID.randomUUID();
        ByteBuffer id = ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .flip();
        listeners.put(id, progress);
        boolean isAccepted = false;
        try {
            Map<String, Object> response =
                    sendGoal.call(Map.of("goal_id", ActionNames.message(id), "goal", goal), timeout);
            isAccepted = (Boolean) response.get("accepted");
        } finally {
            if (!isAccepted) {
                listeners.remove(id);
            }
        }
        return isAccepted ? Optional.of(new Goal(id)) : Optional.empty();
    }

    /** How many servers' feedback is received. */
    public int servers() {
        return feedback.publishers();
    }

    @Override
    public void close() {
        sendGoal.close();
        cancelGoal.close();
        getResult.close();
        feedback.close();
    }
}
