package io.vyra.modulemanager.supervision;

import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.runtime.ExitEvidence;
import io.vyra.modulemanager.runtime.LaunchSpec;
import io.vyra.modulemanager.runtime.ModuleProcess;
import io.vyra.modulemanager.runtime.ModuleRuntime;
import io.vyra.modulemanager.runtime.Succession;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A machine on paper, which outlives the managers that use it. Thread-safe. */
public final class FakeRuntime implements ModuleRuntime {
    private final InstantSource clock;
    private final List<FakeProcess> all = new ArrayList<>();
    private final Map<ModuleId, FakeProcess> latest = new TreeMap<>();
    private final Map<ModuleId, FakeProcess> beside = new TreeMap<>();
    private Optional<RuntimeException> nextStart = Optional.empty();
    private Optional<RuntimeException> nextAdoption = Optional.empty();
    private int secondStarts;
    private Consumer<FakeProcess> onStart = process -> {};

    public FakeRuntime(InstantSource clock) {
        this.clock = clock;
    }

    /** What every new process does at once. */
    public synchronized void onStart(Consumer<FakeProcess> action) {
        onStart = action;
    }

    public synchronized void failNextStart(RuntimeException failure) {
        nextStart = Optional.of(failure);
    }

    public synchronized void failNextAdoption(RuntimeException failure) {
        nextAdoption = Optional.of(failure);
    }

    /** All processes there ever were, oldest first. */
    public synchronized List<FakeProcess> started(ModuleId module) {
        return all.stream()
                .filter(process -> process.spec().module().equals(module))
                .toList();
    }

    /** How often a second process of a module was asked for while the first lived. */
    public synchronized int secondStarts() {
        return secondStarts;
    }

    public synchronized List<FakeProcess> alive() {
        return all.stream().filter(FakeProcess::isAlive).toList();
    }

    public synchronized Optional<FakeProcess> alive(ModuleId module) {
        return Optional.ofNullable(latest.get(module)).filter(FakeProcess::isAlive);
    }

    @Override
    public String kind() {
        return "process";
    }

    @Override
    public FakeProcess start(LaunchSpec spec) {
        FakeProcess process;
        Consumer<FakeProcess> action;
        synchronized (this) {
            if (nextStart.isPresent()) {
                RuntimeException failure = nextStart.get();
                nextStart = Optional.empty();
                throw failure;
            }
            if (alive(spec.module()).isPresent()) {
                secondStarts++;
                throw new ProblemException(ProblemType.CONFLICT, "a process of " + spec.module() + " is alive");
            }
            process = new FakeProcess(spec, 1_000 + all.size(), clock);
            all.add(process);
            latest.put(spec.module(), process);
            action = onStart;
        }
        action.accept(process);
        return process;
    }

    @Override
    public synchronized Adoption adopt(ModuleId module, long generation) {
        if (nextAdoption.isPresent()) {
            RuntimeException failure = nextAdoption.get();
            nextAdoption = Optional.empty();
            throw failure;
        }
        promote(module, generation);
        Optional<FakeProcess> process = Optional.ofNullable(latest.get(module));
        if (process.filter(FakeProcess::isAlive).isPresent()) {
            return new Adoption.Alive(process.get().adopted());
        }
        Optional<ExitEvidence> end = process.filter(it -> it.identity().generation() == generation)
                .map(it -> it.exit().join());
        return end.<Adoption>map(Adoption.Ended::new).orElseGet(Adoption.NeverStarted::new);
    }

    @Override
    public void forget(ModuleId module) {
        Optional<FakeProcess> left = alive(module);
        left.ifPresent(FakeProcess::kill);
        synchronized (this) {
            latest.remove(module);
        }
    }

    private synchronized void promote(ModuleId module, long generation) {
        FakeProcess second = beside.get(module);
        if (second != null && second.identity().generation() == generation) {
            FakeProcess first = latest.put(module, second);
            if (first == null) {
                beside.remove(module);
            } else {
                beside.put(module, first);
            }
        }
    }

    @Override
    public Optional<Succession> succession() {
        return Optional.of(new Beside());
    }

    /** Living processes of the module, oldest first. */
    public synchronized List<FakeProcess> allAlive(ModuleId module) {
        return started(module).stream().filter(FakeProcess::isAlive).toList();
    }

    private final class Beside implements Succession {
        @Override
        public Optional<String> obstacle(Manifest manifest) {
            return Optional.empty();
        }

        @Override
        public ModuleProcess startBeside(LaunchSpec spec) {
            FakeProcess process;
            synchronized (FakeRuntime.this) {
                process = new FakeProcess(spec, 1_000 + all.size(), clock);
                all.add(process);
                beside.put(spec.module(), process);
            }
            onStart.accept(process);
            return process;
        }

        @Override
        public List<ModuleProcess> others(ModuleId module, long generation) {
            return allAlive(module).stream()
                    .filter(process -> process.identity().generation() != generation)
                    .map(ModuleProcess.class::cast)
                    .toList();
        }

        @Override
        public void settle(ModuleId module, long generation) {
            promote(module, generation);
            Optional<FakeProcess> other;
            synchronized (FakeRuntime.this) {
                other = Optional.ofNullable(beside.remove(module));
            }
            other.ifPresent(FakeProcess::kill);
        }
    }

    @Override
    public LimitSupport limitSupport() {
        return new LimitSupport("none", Optional.of("this machine is made of paper"));
    }
}
