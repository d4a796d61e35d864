package io.vyra.modulemanager.operation.saga;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.operation.Step;
import io.vyra.modulemanager.operation.StepContext;

/** Takes a stopped module out of the database, then its files into the trash. From its beginning on there is no way back. */
public record DiscardStep(ModuleId module, boolean keepData, SagaParts parts) implements Step {
    @Override
    public String id() {
        return "discard";
    }

    @Override
    public String title() {
        return "Deleting " + module.name();
    }

    @Override
    public void perform(StepContext context) {
        discard();
    }

    /** Also for a start that finds a removal half done whose operation is gone. Idempotent. */
    public void discard() {
        parts.supervision().remove(module);
        parts.gone().accept(module);
        parts.store().trashModule(module, keepData);
        parts.history().forget(module);
        parts.registry().delete(module);
        parts.retention().removed();
    }
}
