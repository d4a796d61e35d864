package io.vyra.modulemanager.manager;

import io.vyra.modulemanager.Explanation;
import io.vyra.modulemanager.Explanation.Blocker;
import io.vyra.modulemanager.instance.Desired;
import io.vyra.modulemanager.instance.InstanceHistory;
import io.vyra.modulemanager.instance.InstanceRecord;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.supervision.InstanceState;
import io.vyra.modulemanager.supervision.ModuleSupervisor;
import io.vyra.modulemanager.supervision.Needs;
import io.vyra.modulemanager.supervision.Supervision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says in words why a module is in its state and what would change that. Thread-safe. */
final class Explainer {
    private static final int TRANSITIONS = 10;

    private final Supervision supervision;
    private final Needs needs;
    private final InstanceHistory history;

    Explainer(Supervision supervision, Needs needs, InstanceHistory history) {
        this.supervision = supervision;
        this.needs = needs;
        this.history = history;
    }

    Explanation explain(InstanceRecord record, Optional<String> operation) {
        Optional<ModuleSupervisor> supervisor = supervision.find(record.id());
        Optional<InstanceState> state = supervisor.map(ModuleSupervisor::state);
        Map<ModuleId, Blocker> chain = new LinkedHashMap<>();
        collectBlockers(record.id(), chain);
        String phase = state.map(it -> it.phase().wire()).orElse("installing");
        return new Explanation(
                record.id().toString(),
                phase,
                summary(record, state, supervisor),
                List.copyOf(chain.values()),
                history.transitions(record.id(), TRANSITIONS),
                state.flatMap(InstanceState::nextRetry),
                supervisor.map(ModuleSupervisor::restartsLeft).orElse(0),
                unblock(record, state, chain, operation, supervisor.flatMap(ModuleSupervisor::obstacle)));
    }

    private void collectBlockers(ModuleId module, Map<ModuleId, Blocker> chain) {
        for (ModuleId blocker : needs.blockersOf(module)) {
            Optional<InstanceState> state = supervision.find(blocker).map(ModuleSupervisor::state);
            Blocker entry = new Blocker(
                    blocker.toString(),
                    state.map(it -> it.phase().wire()).orElse("installing"),
                    state.map(InstanceState::reason).orElse("not supervised yet"));
            if (chain.putIfAbsent(blocker, entry) == null) {
                collectBlockers(blocker, chain);
            }
        }
    }

    private static String summary(
            InstanceRecord record, Optional<InstanceState> state, Optional<ModuleSupervisor> supervisor) {
        if (state.isEmpty()) {
            return record.id().name() + " is being installed.";
        }
        boolean isUnknown = supervisor.map(ModuleSupervisor::isUnknown).orElse(false);
        String text = record.id().name() + " " + (isUnknown ? "has been out of reach" : doing(state.get())) + " since "
                + state.get().since() + " and should be " + record.desired().wire() + ": "
                + state.get().reason() + ".";
        String ailment = supervisor.map(ModuleSupervisor::ailment).orElse("");
        String obstacle = supervisor
                .flatMap(ModuleSupervisor::obstacle)
                .map(what -> " What it does now is not known: " + what + ".")
                .orElse("");
        return (ailment.isEmpty() ? text : text + " Its " + ailment + ".") + obstacle;
    }

    private static String doing(InstanceState state) {
        return switch (state) {
            case InstanceState.Stopped _ -> "has been stopped";
            case InstanceState.Waiting _ -> "has been waiting for other modules";
            case InstanceState.Starting _ -> "has been starting";
            case InstanceState.Running _ -> "has been running";
            case InstanceState.Suspended _ -> "has been suspended";
            case InstanceState.Stopping _ -> "has been stopping";
            case InstanceState.Backoff _ -> "has been waiting for its next start";
            case InstanceState.Failed _ -> "has been out of order";
        };
    }

    private static List<String> unblock(
            InstanceRecord record,
            Optional<InstanceState> state,
            Map<ModuleId, Blocker> chain,
            Optional<String> operation,
            Optional<String> obstacle) {
        List<String> ways = new ArrayList<>();
        obstacle.ifPresent(what -> ways.add("see to it that this is over: " + what));
        operation.ifPresent(id -> ways.add("operation " + id + " is working on it; wait for its end or cancel it"));
        chain.values().forEach(blocker -> ways.add("start " + blocker.moduleId() + ", which is " + blocker.phase()));
        state.ifPresent(it -> {
            switch (it) {
                case InstanceState.Backoff _ -> ways.add("it is started again by itself; starting it now also works");
                case InstanceState.Failed failed -> {
                    if (failed.retryAt().isPresent()) {
                        ways.add(
                                "it is tried again slowly; the full restart budget comes back with a new version, a changed"
                                        + " configuration, a recovered dependency, or when you start it");
                    } else {
                        ways.add("start it yourself: its manifest forbids restarts");
                    }
                }
                case InstanceState.Stopped _ when record.desired() == Desired.STOPPED -> ways.add("start it");
                case InstanceState.Suspended _ -> ways.add("resume it");
                case InstanceState.Stopping _ -> ways.add("wait: what does not end in time is killed");
                case InstanceState.Stopped _,
                        InstanceState.Waiting _,
                        InstanceState.Starting _,
                        InstanceState.Running _ -> {
                    // Nothing stands in its way.
                }
            }
        });
        return ways;
    }
}
