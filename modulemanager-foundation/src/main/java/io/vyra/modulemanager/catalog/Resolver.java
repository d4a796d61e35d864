package io.vyra.modulemanager.catalog;

import io.vyra.modulemanager.catalog.InstalledModules.Installed;
import io.vyra.modulemanager.catalog.Resolution.Choice;
import io.vyra.modulemanager.module.Manifest.Dependency;
import io.vyra.modulemanager.module.VersionRange;
import io.vyra.modulemanager.problem.Problem;
import io.vyra.modulemanager.problem.ProblemType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Chooses a version for every module a request needs, by backtracking with a bound on the work.
 *
 * <p>What is installed and fits is kept; otherwise the newest that fits is taken. A dependency is never downgraded. Mandatory
 * dependencies are settled before optional ones, so that an optional one adapts to them and not the other way round. One use each.
 */
final class Resolver {
    private static final int MOST_TRIALS = 20_000;
    private static final int MOST_MODULES = 200;
    private static final int MOST_NEEDS = 2_000;

    private final Function<Dependency, List<CatalogEntry>> offers;
    private final Map<String, List<Installed>> installed;
    private final DependentsGuard guard;
    private int trials;
    private Problem firstFailure;

    /** A dependency that must be met, and who has it. */
    private record Need(String by, Dependency dependency) {}

    /** A node of the search. Maps and lists are never changed once they are here. */
    private record State(SequencedMap<String, Choice> chosen, List<Need> open, List<String> warnings) {}

    /**
     * @param offers entries within a dependency's range, newest first
     */
    Resolver(Function<Dependency, List<CatalogEntry>> offers, List<Installed> installed) {
        this.offers = offers;
        this.installed = installed.stream()
                .collect(Collectors.groupingBy(module -> module.id().name()));
        this.guard = new DependentsGuard(installed);
    }

    /**
     * @param candidates of the module asked for, best first; not empty
     * @param replaces   the instance to update; empty for an installation
     */
    Resolution resolve(List<CatalogEntry> candidates, Optional<Installed> replaces) {
        for (CatalogEntry candidate : candidates) {
            Problem before = firstFailure;
            Choice root = new Choice.Bring(candidate, replaces, Optional.empty());
            Optional<State> end = take(new State(new LinkedHashMap<>(), List.of(), List.of()), root)
                    .flatMap(this::solve);
            if (end.isPresent()) {
                List<String> warnings = new ArrayList<>(end.get().warnings());
                if (before != null) {
                    warnings.add(candidates.getFirst().name() + " "
                            + candidates.getFirst().version() + " is offered but does not fit: " + before.detail());
                }
                return new Resolution.Found(dependenciesFirst(end.get().chosen()), warnings);
            }
        }
        return new Resolution.Impossible(firstFailure);
    }

    /** Recurses for choices only, so its depth is bounded by the number of modules. */
    private Optional<State> solve(State start) {
        List<Need> open = new ArrayList<>(start.open());
        List<String> warnings = new ArrayList<>(start.warnings());
        while (!open.isEmpty()) {
            Need need = open.stream()
                    .filter(candidate -> !candidate.dependency().optional())
                    .findFirst()
                    .orElse(open.getFirst());
            open.remove(need);
            Choice present = start.chosen().get(need.dependency().name());
            if (present != null) {
                if (need.dependency().range().contains(present.version())) {
                    continue;
                }
                if (!need.dependency().optional()) {
                    return conflict(need, present);
                }
            } else {
                for (Choice option : options(need)) {
                    Optional<State> end = take(
                                    new State(start.chosen(), List.copyOf(open), List.copyOf(warnings)), option)
                            .flatMap(this::solve);
                    if (end.isPresent()) {
                        return end;
                    }
                }
                if (!need.dependency().optional()) {
                    return Optional.empty();
                }
            }
            warnings.add(need.by() + " can use " + text(need.dependency())
                    + ", which is neither installed nor available to this plan; it does without.");
        }
        return Optional.of(new State(start.chosen(), List.of(), List.copyOf(warnings)));
    }

    private Optional<State> conflict(Need need, Choice present) {
        return fail(
                ProblemType.UNSATISFIABLE_DEPENDENCY,
                need.by() + " needs " + text(need.dependency()) + " but "
                        + present.name() + " " + present.version()
                        + (present instanceof Choice.Bring bring
                                        && bring.requiredBy().isPresent()
                                ? " is what " + bring.requiredBy().get() + " needs."
                                : " is what would be there."));
    }

    /** Ways to meet a need, best first: an instance that fits, an update of one that does not, a new instance. */
    private List<Choice> options(Need need) {
        Dependency dependency = need.dependency();
        List<Installed> instances = installed.getOrDefault(dependency.name(), List.of());
        List<Choice> options = new ArrayList<>();
        instances.stream()
                .filter(instance -> dependency.range().contains(instance.version()))
                .sorted((a, b) -> b.version().compareTo(a.version()))
                .forEach(instance -> options.add(new Choice.Keep(instance)));
        List<CatalogEntry> offered = offers.apply(dependency);
        if (instances.isEmpty()) {
            offered.forEach(entry -> options.add(new Choice.Bring(entry, Optional.empty(), Optional.of(need.by()))));
        }
        for (Installed instance : instances) {
            if (instance.permissions().updatable()) {
                offered.stream()
                        .filter(entry -> entry.version().compareTo(instance.version()) > 0)
                        .forEach(entry ->
                                options.add(new Choice.Bring(entry, Optional.of(instance), Optional.of(need.by()))));
            }
        }
        if (options.isEmpty()) {
            explain(need, instances, offered);
        }
        return options;
    }

    private void explain(Need need, List<Installed> instances, List<CatalogEntry> offered) {
        String wanted = need.by() + " needs " + text(need.dependency());
        if (instances.isEmpty()) {
            List<String> all = offers.apply(new Dependency(need.dependency().name(), VersionRange.ANY, false)).stream()
                    .map(entry -> entry.version().toString())
                    .limit(10)
                    .toList();
            fail(
                    ProblemType.UNSATISFIABLE_DEPENDENCY,
                    wanted + " but "
                            + (all.isEmpty()
                                    ? "no enabled repository offers it."
                                    : "the enabled repositories offer " + String.join(", ", all) + " only."));
            return;
        }
        String present = instances.stream()
                .map(instance -> instance.version().toString())
                .collect(Collectors.joining(", "));
        String why;
        if (instances.stream().noneMatch(instance -> instance.permissions().updatable())) {
            why = "its manifest does not permit updates (updatable: false).";
        } else if (offered.isEmpty()) {
            why = "no enabled repository offers a version that fits.";
        } else {
            why = "only older ones are offered, and a dependency is not downgraded.";
        }
        fail(
                ProblemType.UNSATISFIABLE_DEPENDENCY,
                wanted + " but " + need.dependency().name() + " " + present + " is installed, and " + why);
    }

    /** Adds a choice and its needs; empty when it cannot be, and then the reason was noted. */
    private Optional<State> take(State state, Choice choice) {
        if (++trials > MOST_TRIALS) {
            return fail(
                    ProblemType.UNSATISFIABLE_DEPENDENCY,
                    "No fitting set of versions was found within " + MOST_TRIALS
                            + " trials. Ask for an exact version to narrow the search.");
        }
        if (state.chosen().size() >= MOST_MODULES) {
            return fail(
                    ProblemType.UNSATISFIABLE_DEPENDENCY,
                    "More than " + MOST_MODULES + " modules would be needed, which is the limit of one plan.");
        }
        SequencedMap<String, Choice> chosen = new LinkedHashMap<>(state.chosen());
        chosen.put(choice.name(), choice);
        Optional<List<String>> cycle = cycleThrough(choice.name(), chosen);
        if (cycle.isPresent()) {
            return fail(
                    ProblemType.CYCLIC_DEPENDENCY,
                    "The modules need each other in a circle: " + String.join(" -> ", cycle.get()) + ".");
        }
        Optional<String> broken = guard.brokenBy(chosen.values());
        if (broken.isPresent()) {
            return fail(ProblemType.UNSATISFIABLE_DEPENDENCY, broken.get());
        }
        List<Need> open = new ArrayList<>(state.open());
        if (choice instanceof Choice.Bring) {
            choice.dependencies().forEach(dependency -> open.add(new Need(choice.name(), dependency)));
        }
        if (open.size() > MOST_NEEDS) {
            return fail(
                    ProblemType.UNSATISFIABLE_DEPENDENCY,
                    "More than " + MOST_NEEDS + " dependencies stand open at once, which is the limit of one plan.");
        }
        return Optional.of(new State(chosen, open, state.warnings()));
    }

    private Optional<State> fail(ProblemType type, String detail) {
        if (firstFailure == null) {
            firstFailure = new Problem(type, detail);
        }
        return Optional.empty();
    }

    private static String text(Dependency dependency) {
        return dependency.name() + " " + dependency.range();
    }

    /** The path from a module over the chosen ones back to itself, if there is one. Optional needs order nothing. */
    private static Optional<List<String>> cycleThrough(String name, Map<String, Choice> chosen) {
        return path(name, name, chosen, new LinkedHashSet<>());
    }

    private static Optional<List<String>> path(
            String from, String goal, Map<String, Choice> chosen, Set<String> visited) {
        for (Dependency dependency : chosen.get(from).dependencies()) {
            String next = dependency.name();
            if (dependency.optional() || !chosen.containsKey(next)) {
                continue;
            }
            if (next.equals(goal)) {
                return Optional.of(new ArrayList<>(List.of(from, goal)));
            }
            if (visited.add(next)) {
                Optional<List<String>> rest = path(next, goal, chosen, visited);
                if (rest.isPresent()) {
                    rest.get().addFirst(from);
                    return rest;
                }
            }
        }
        return Optional.empty();
    }

    /** Mandatory needs make no circle, so they always order; optional ones order as far as they can. */
    private static List<Choice> dependenciesFirst(SequencedMap<String, Choice> chosen) {
        Map<String, Choice> waiting = new LinkedHashMap<>(chosen);
        List<Choice> ordered = new ArrayList<>();
        while (!waiting.isEmpty()) {
            Choice next = firstReady(waiting, true)
                    .or(() -> firstReady(waiting, false))
                    .orElseThrow(() -> new IllegalStateException("undetected circle among " + waiting.keySet()));
            waiting.remove(next.name());
            ordered.add(next);
        }
        return ordered;
    }

    private static Optional<Choice> firstReady(Map<String, Choice> waiting, boolean optionalToo) {
        return waiting.values().stream()
                .filter(choice -> choice.dependencies().stream()
                        .filter(dependency -> optionalToo || !dependency.optional())
                        .noneMatch(dependency -> waiting.containsKey(dependency.name())))
                .findFirst();
    }
}
