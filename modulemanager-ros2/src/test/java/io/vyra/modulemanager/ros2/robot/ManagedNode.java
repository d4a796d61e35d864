package io.vyra.modulemanager.ros2.robot;

import io.vyra.ros2.graph.RosNode;
import io.vyra.ros2.idl.TypeName;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A node with a lifecycle that behaves as the test says. */
final class ManagedNode {
    static final int CONFIGURE = 1;
    static final int CLEANUP = 2;
    static final int ACTIVATE = 3;
    static final int DEACTIVATE = 4;
    private static final int UNCONFIGURED = 1;
    private static final int INACTIVE = 2;
    static final int ACTIVE = 3;

    /** The transitions it was asked for. */
    final List<Integer> asked = new CopyOnWriteArrayList<>();

    /** Of transitions that it does not answer before the test ends; it makes them all the same. */
    volatile List<Integer> silent = List.of();

    /** Of transitions that it neither answers before the test ends nor makes. */
    volatile List<Integer> stuck = List.of();

    /** Of transitions that it refuses. */
    volatile List<Integer> refused = List.of();

    final CountDownLatch end = new CountDownLatch(1);
    private final String name;
    private final List<String> journal;
    private volatile int state = UNCONFIGURED;

    ManagedNode(RosNode node) {
        this(node, new CopyOnWriteArrayList<>());
    }

    /** @param journal where it writes down each transition that it is asked for, with its name */
    ManagedNode(RosNode node, List<String> journal) {
        this.name = node.fullName();
        this.journal = journal;
        node.createService("~/get_state", type("GetState"), _ -> Map.of("current_state", Map.of("id", state)));
        node.createService("~/change_state", type("ChangeState"), this::change);
    }

    private static TypeName type(String name) {
        return new TypeName("lifecycle_msgs", TypeName.Kind.SRV, name);
    }

    int state() {
        return state;
    }

    /** As somebody else has it. */
    void activate() {
        state = ACTIVE;
    }

    private Map<String, Object> change(Map<String, Object> request) {
        int id = ((Number) ((Map<?, ?>) request.get("transition")).get("id")).intValue();
        asked.add(id);
        journal.add(name + " " + id);
        if (refused.contains(id)) {
            return Map.of("success", false);
        }
        if (stuck.contains(id)) {
            awaitEnd();
            return Map.of("success", false);
        }
        state = switch (id) {
            case CONFIGURE, DEACTIVATE -> INACTIVE;
            case ACTIVATE -> ACTIVE;
            case CLEANUP -> UNCONFIGURED;
            default -> throw new IllegalArgumentException("No test asks for the transition " + id);
        };
        if (silent.contains(id)) {
            awaitEnd();
        }
        return Map.of("success", true);
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
