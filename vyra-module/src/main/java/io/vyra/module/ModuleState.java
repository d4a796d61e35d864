package io.vyra.module;

import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The three layers of a module's state, and their rules: only VYRA's steps, and what one layer does to the others. Thread-safe.
 *
 * <p>A module starts as Initializing, Idle, Healthy.
 */
public final class ModuleState {
    /** How it is at one time. */
    public record Layers(Lifecycle lifecycle, Operational operational, Health health) {}

    private final BiConsumer<LayerValue, LayerValue> changed;
    private Layers now = new Layers(Lifecycle.INITIALIZING, Operational.IDLE, Health.HEALTHY);

    /** @param changed told of every step, the value before and the value after it, in order; it must be quick */
    ModuleState(BiConsumer<LayerValue, LayerValue> changed) {
        this.changed = changed;
    }

    public synchronized Layers now() {
        return now;
    }

    /**
     * Changes the lifecycle. Recovering and ShuttingDown stop what is Ready or Running, Offline makes it Idle.
     *
     * @throws IllegalStateException when there is no such step; nothing changed
     */
    public synchronized void become(Lifecycle next) {
        if (now.lifecycle() == next) {
            return;
        }
        require(now.lifecycle().leadsTo(next), now.lifecycle(), next);
        step(now.lifecycle(), next, it -> now = new Layers(next, now.operational(), now.health()));
        boolean isBusy = now.operational() == Operational.READY || now.operational() == Operational.RUNNING;
        if (isBusy && (next == Lifecycle.RECOVERING || next == Lifecycle.SHUTTING_DOWN)) {
            force(Operational.STOPPED);
        }
        if (next == Lifecycle.OFFLINE && now.operational() != Operational.IDLE) {
            force(Operational.IDLE);
        }
    }

    /** Changes what the module is doing; see {@link #become(Lifecycle)}. */
    public synchronized void become(Operational next) {
        if (now.operational() != next) {
            require(now.operational().leadsTo(next), now.operational(), next);
            force(next);
        }
    }

    /** Changes the health; see {@link #become(Lifecycle)}. Critical makes the module Recovering, unless it is ending or suspended. */
    public synchronized void become(Health next) {
        if (now.health() == next) {
            return;
        }
        require(now.health().leadsTo(next), now.health(), next);
        step(now.health(), next, it -> now = new Layers(now.lifecycle(), now.operational(), next));
        if (next == Health.CRITICAL && now.lifecycle().leadsTo(Lifecycle.RECOVERING)) {
            become(Lifecycle.RECOVERING);
        }
    }

    private void force(Operational next) {
        step(now.operational(), next, it -> now = new Layers(now.lifecycle(), next, now.health()));
    }

    private <T extends LayerValue> void step(T before, T after, Consumer<T> change) {
        change.accept(after);
        changed.accept(before, after);
    }

    private static void require(boolean isStep, LayerValue from, LayerValue to) {
        if (!isStep) {
            throw new IllegalStateException(
                    "A module that is " + from.wire() + " does not become " + to.wire() + " next");
        }
    }
}
