package io.vyra.modulemanager.catalog;

import io.vyra.modulemanager.catalog.InstalledModules.Installed;
import io.vyra.modulemanager.catalog.Resolution.Choice;
import io.vyra.modulemanager.module.Manifest.Dependency;
import io.vyra.modulemanager.module.ModuleId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.semver4j.Semver;

/** Tells whether a set of updates would take from an installed module what it depends on. Immutable. */
final class DependentsGuard {
    private final List<Installed> installed;

    DependentsGuard(List<Installed> installed) {
        this.installed = List.copyOf(installed);
    }

    /**
     * A module that is itself updated does not count: then its new version's needs do. Neither does one whose need was not met before.
     *
     * @return in words, which module would miss what
     */
    Optional<String> brokenBy(Collection<Choice> choices) {
        Map<ModuleId, Choice.Bring> updates = choices.stream()
                .filter(Choice.Bring.class::isInstance)
                .map(Choice.Bring.class::cast)
                .filter(bring -> bring.replaces().isPresent())
                .collect(
                        Collectors.toMap(bring -> bring.replaces().orElseThrow().id(), Function.identity()));
        for (Choice.Bring update : updates.values()) {
            for (Installed dependent : installed) {
                if (!updates.containsKey(dependent.id())) {
                    Optional<Dependency> missed = missed(dependent, update.name(), updates, choices);
                    if (missed.isPresent()) {
                        return Optional.of("Updating " + update.name() + " from "
                                + update.replaces().orElseThrow().version() + " to " + update.version()
                                + " would break the installed " + dependent.id().name() + " " + dependent.version()
                                + ", which needs " + missed.get().name() + " "
                                + missed.get().range() + ". Update or remove that one first.");
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Dependency> missed(
            Installed dependent, String name, Map<ModuleId, Choice.Bring> updates, Collection<Choice> choices) {
        return dependent.dependencies().stream()
                .filter(dependency ->
                        !dependency.optional() && dependency.name().equals(name))
                .filter(dependency -> before(name).anyMatch(dependency.range()::contains))
                .filter(dependency -> after(name, updates, choices).noneMatch(dependency.range()::contains))
                .findFirst();
    }

    private Stream<Semver> before(String name) {
        return installed.stream()
                .filter(module -> module.id().name().equals(name))
                .map(Installed::version);
    }

    private Stream<Semver> after(String name, Map<ModuleId, Choice.Bring> updates, Collection<Choice> choices) {
        Stream<Semver> kept = installed.stream()
                .filter(module -> module.id().name().equals(name) && !updates.containsKey(module.id()))
                .map(Installed::version);
        Stream<Semver> brought = choices.stream()
                .filter(choice ->
                        choice instanceof Choice.Bring && choice.name().equals(name))
                .map(Choice::version);
        return Stream.concat(kept, brought);
    }
}
