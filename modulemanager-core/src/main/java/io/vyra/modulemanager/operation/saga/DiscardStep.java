package io.vyra.modulemanager.operation.saga;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.operation.Step;
import io.vyra.modulemanager.operation.StepContext;

/** Takes a stopped module out of the database, then its files into the trash. From its beginning on there is no way back. */
record DiscardStep(ModuleId module, boolean keepData, SagaParts parts) implements Step {
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
        parts.supervision().remove(module);
        parts.gone().accept(module);
        parts.store().trashModule(module, keepData);
        parts.history().forget(module);
        parts.registry().delete(module);
    }
}
