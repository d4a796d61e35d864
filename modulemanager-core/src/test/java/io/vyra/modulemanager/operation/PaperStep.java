package io.vyra.modulemanager.operation;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;

/** A step that changes a world on paper; what it does besides is the test's. */
final class PaperStep implements Step {
    private final String id;
    private final World world;
    private Consumer<StepContext> work = context -> {};
    private Consumer<StepContext> undoing = context -> {};
    private boolean pointOfNoReturn;

    /** What steps have done and not undone, and everything that was called, in order. */
    static final class World {
        final Set<String> applied = new CopyOnWriteArraySet<>();
        final List<String> calls = new CopyOnWriteArrayList<>();
    }

    PaperStep(String id, World world) {
        this.id = id;
        this.world = world;
    }

    PaperStep doing(Consumer<StepContext> work) {
        this.work = work;
        return this;
    }

    PaperStep undoing(Consumer<StepContext> undoing) {
        this.undoing = undoing;
        return this;
    }

    PaperStep thatCannotBeUndone() {
        pointOfNoReturn = true;
        return this;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String title() {
        return "Doing " + id;
    }

    @Override
    public void perform(StepContext context) {
        world.calls.add("perform " + id);
        world.applied.add(id);
        work.accept(context);
    }

    @Override
    public void undo(StepContext context) {
        world.calls.add("undo " + id);
        undoing.accept(context);
        world.applied.remove(id);
    }

    @Override
    public boolean isPointOfNoReturn() {
        return pointOfNoReturn;
    }
}
