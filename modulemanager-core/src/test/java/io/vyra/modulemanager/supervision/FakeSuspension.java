package io.vyra.modulemanager.supervision;

import io.vyra.modulemanager.module.ModuleId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Answers as the test says, at once or when it says so. */
final class FakeSuspension implements Suspension {
    final List<String> asked = new ArrayList<>();
    final List<CompletableFuture<Outcome>> open = new ArrayList<>();
    /** Empty: questions stay open until the test answers. */
    Optional<Outcome> answer = Optional.of(new Outcome.NotServed("it has no bus"));

    @Override
    public CompletableFuture<Outcome> suspend(ModuleId module) {
        return ask("suspend " + module.name());
    }

    @Override
    public CompletableFuture<Outcome> resume(ModuleId module) {
        return ask("resume " + module.name());
    }

    private CompletableFuture<Outcome> ask(String question) {
        asked.add(question);
        CompletableFuture<Outcome> result = new CompletableFuture<>();
        answer.ifPresentOrElse(result::complete, () -> open.add(result));
        return result;
    }

    /** Empty: nothing is to be done before a stop. */
    Optional<CompletableFuture<Void>> preparation = Optional.empty();

    @Override
    public CompletableFuture<Void> prepareToStop(ModuleId module) {
        return preparation.orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    @Override
    public boolean mayServe(ModuleId module) {
        return true;
    }
}
