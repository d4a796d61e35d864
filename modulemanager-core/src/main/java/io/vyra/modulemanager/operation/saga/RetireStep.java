package io.vyra.modulemanager.operation.saga;

import io.vyra.modulemanager.instance.Desired;
import io.vyra.modulemanager.instance.InstanceRecord;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.operation.Step;
import io.vyra.modulemanager.operation.StepContext;
import java.util.Locale;
import java.util.Optional;

/** Makes durable that a module is to go. */
record RetireStep(ModuleId module, SagaParts parts) implements Step {
    private static final String DESIRED_BEFORE = "desired-before";

    @Override
    public String id() {
        return "retire";
    }

    @Override
    public String title() {
        return "Marking " + module.name() + " for removal";
    }

    @Override
    public void perform(StepContext context) {
        Optional<InstanceRecord> record = parts.registry().find(module);
        if (record.isPresent() && context.recall(DESIRED_BEFORE).isEmpty()) {
            context.remember(DESIRED_BEFORE, record.get().desired().wire());
        }
        if (record.isPresent()) {
            want(Desired.REMOVED);
        }
    }

    @Override
    public void undo(StepContext context) {
        context.recall(DESIRED_BEFORE)
                .map(wire -> Desired.valueOf(wire.toUpperCase(Locale.ROOT)))
                .ifPresent(this::want);
        parts.supervision().find(module).ifPresent(supervisor -> supervisor.desiredChanged("its removal was undone"));
    }

    private void want(Desired desired) {
        parts.registry().update(module, record -> record.with(record.settings().withDesired(desired)));
    }
}
