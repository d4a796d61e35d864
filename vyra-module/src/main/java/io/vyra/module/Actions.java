package io.vyra.module;

import io.vyra.module.json.JsonObject;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Runs a module's actions: goal, feedback, result and cancel on keys below the action's own. Thread-safe. */
final class Actions {
    /** Goals of one action that may run at the same time. */
    static final int MOST_GOALS = 16;

    private final Bus bus;
    private final Map<String, Thread> running = new ConcurrentHashMap<>();

    Actions(Bus bus) {
        this.bus = bus;
    }

    void serve(String name, Action action) {
        Map<String, Thread> goals = new ConcurrentHashMap<>();
        bus.serve(name + "/goal", arguments -> begin(name, action, goals, arguments));
        bus.serve(name + "/cancel", arguments -> {
            Thread goal = goals.get(arguments.text("goal_id").orElse(""));
            if (goal != null) {
                goal.interrupt();
            }
            return JsonObject.of("canceled", goal != null);
        });
    }

    private JsonObject begin(String name, Action action, Map<String, Thread> goals, JsonObject arguments) {
        if (goals.size() >= MOST_GOALS) {
            return JsonObject.of("accepted", false)
                    .with("goal_id", "")
                    .with("message", MOST_GOALS + " goals of " + name + " run already");
        }
        String id = UUID.randomUUID().toString();
        Thread thread = Thread.ofVirtual().name(name + " " + id).unstarted(() -> {
            try {
                bus.publishOnce(name + "/" + id + "/result", result(action, new RunningGoal(name, id, arguments)));
            } finally {
                goals.remove(id);
                running.remove(id);
            }
        });
        goals.put(id, thread);
        running.put(id, thread);
        thread.start();
        return JsonObject.of("accepted", true).with("goal_id", id);
    }

    private static JsonObject result(Action action, Action.Goal goal) {
        try {
            return action.run(goal);
        } catch (InterruptedException e) {
            // The thread ends with the goal; the result is still published.
            return JsonObject.of("success", false).with("message", "canceled");
        } catch (Exception e) {
            // The edge of the module: whoever asked learns that it failed, and why.
            return JsonObject.of("success", false).with("message", Bus.message(e));
        }
    }

    /** Ends what runs. */
    void close() {
        running.values().forEach(Thread::interrupt);
    }

    private final class RunningGoal implements Action.Goal {
        private final String name;
        private final String id;
        private final JsonObject arguments;

        RunningGoal(String name, String id, JsonObject arguments) {
            this.name = name;
            this.id = id;
            this.arguments = arguments;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public JsonObject arguments() {
            return arguments;
        }

        @Override
        public void feedback(JsonObject progress) {
            bus.publish(name + "/" + id + "/feedback", progress);
        }
    }
}
