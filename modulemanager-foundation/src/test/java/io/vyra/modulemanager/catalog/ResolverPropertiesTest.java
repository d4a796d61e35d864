package io.vyra.modulemanager.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.catalog.InstalledModules.Installed;
import io.vyra.modulemanager.catalog.Resolution.Choice;
import io.vyra.modulemanager.module.Manifest.Dependency;
import io.vyra.modulemanager.problem.ProblemType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Holds for every catalogue and every set of installed modules. */
class ResolverPropertiesTest {
    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e");
    private static final List<String> RANGES = List.of("*", "^1", "^2", ">=1.1.0", "1.0.0", "<2");
    private static final List<String> VERSIONS = List.of("1.0.0", "1.1.0", "2.0.0", "2.1.0", "3.0.0-rc.1");

    record World(List<CatalogEntry> offered, List<Installed> installed) {}

    @Provide
    Arbitrary<World> worlds() {
        Arbitrary<Dependency> dependency = Combinators.combine(
                        Arbitraries.of(NAMES),
                        Arbitraries.of(RANGES),
                        Arbitraries.integers().between(0, 3))
                .as((name, range, kind) ->
                        kind == 0 ? CatalogFixtures.canUse(name, range) : CatalogFixtures.needs(name, range));
        Arbitrary<Dependency[]> dependencies =
                dependency.array(Dependency[].class).ofMaxSize(2);
        Arbitrary<CatalogEntry> entry = Combinators.combine(
                        Arbitraries.of(NAMES), Arbitraries.of(VERSIONS), dependencies)
                .as(CatalogFixtures::entry);
        Arbitrary<Installed> installed = Combinators.combine(
                        Arbitraries.of(NAMES), Arbitraries.of(VERSIONS), dependencies)
                .as(CatalogFixtures::installed);
        return Combinators.combine(
                        entry.list().ofMinSize(1).ofMaxSize(14).uniqueElements(e -> e.name() + e.version()),
                        installed.list().ofMaxSize(3).uniqueElements(Installed::id))
                .as(World::new);
    }

    private static Resolution resolve(World world) {
        OfferedEntries offers = new OfferedEntries(world.offered());
        String name = world.offered().getFirst().name();
        Optional<Installed> replaces = world.installed().stream()
                .filter(module -> module.id().name().equals(name))
                .findFirst();
        return new Resolver(
                        dependency ->
                                offers.candidates(dependency.name(), Optional.of(dependency.range()), Optional.empty()),
                        world.installed())
                .resolve(offers.versionsOf(name, Optional.empty()), replaces);
    }

    @Property(tries = 400)
    void shouldSatisfyEveryRangeOfWhatItBrings(@ForAll("worlds") World world) {
        if (resolve(world) instanceof Resolution.Found found) {
            Map<String, Choice> chosen = new HashMap<>();
            found.choices().forEach(choice -> chosen.put(choice.name(), choice));
            for (Choice choice : found.choices()) {
                if (choice instanceof Choice.Bring) {
                    for (Dependency dependency : choice.dependencies()) {
                        boolean met = chosen.containsKey(dependency.name())
                                && dependency
                                        .range()
                                        .contains(chosen.get(dependency.name()).version());
                        assertThat(met || dependency.optional()).isTrue();
                        assertThat(met || !found.warnings().isEmpty()).isTrue();
                    }
                }
            }
        }
    }

    @Property(tries = 400)
    void shouldPutDependenciesFirst(@ForAll("worlds") World world) {
        if (resolve(world) instanceof Resolution.Found found) {
            Set<String> all = new HashSet<>();
            found.choices().forEach(choice -> all.add(choice.name()));
            Set<String> done = new HashSet<>();
            for (Choice choice : found.choices()) {
                assertThat(done.add(choice.name())).isTrue();
                assertThat(choice.dependencies().stream()
                                .filter(dependency -> !dependency.optional())
                                .map(Dependency::name)
                                .filter(all::contains))
                        .isSubsetOf(done);
            }
        }
    }

    @Property(tries = 400)
    void shouldNotBreakWhatIsInstalled(@ForAll("worlds") World world) {
        if (resolve(world) instanceof Resolution.Found found) {
            Map<String, Installed> before = new HashMap<>();
            world.installed().forEach(module -> before.put(module.id().name(), module));
            Map<String, Choice> after = new HashMap<>();
            before.forEach((name, module) -> after.put(name, new Choice.Keep(module)));
            found.choices().forEach(choice -> after.put(choice.name(), choice));
            for (Installed module : world.installed()) {
                if (after.get(module.id().name()) instanceof Choice.Keep) {
                    for (Dependency dependency : module.dependencies()) {
                        boolean metBefore = before.containsKey(dependency.name())
                                && dependency
                                        .range()
                                        .contains(before.get(dependency.name()).version());
                        if (metBefore && !dependency.optional()) {
                            assertThat(dependency
                                            .range()
                                            .contains(
                                                    after.get(dependency.name()).version()))
                                    .isTrue();
                        }
                    }
                }
            }
        }
    }

    /** Where nothing is installed and nothing optional, exhaustive search must agree that there is no way. */
    @Property(tries = 400)
    void shouldFindAPlanWhereverThereIsOne(@ForAll("worlds") World world) {
        List<CatalogEntry> mandatory = world.offered().stream()
                .map(entry -> CatalogFixtures.entry(
                        entry.name(),
                        entry.version().toString(),
                        entry.dependencies().stream()
                                .filter(dependency -> !dependency.optional())
                                .toArray(Dependency[]::new)))
                .toList();
        World bare = new World(mandatory, List.of());

        Resolution resolution = resolve(bare);

        assertThat(resolution instanceof Resolution.Found).isEqualTo(exists(mandatory, 0, new ArrayList<>()));
        if (resolution instanceof Resolution.Impossible impossible) {
            assertThat(impossible.problem().type())
                    .isIn(ProblemType.UNSATISFIABLE_DEPENDENCY, ProblemType.CYCLIC_DEPENDENCY);
        }
    }

    private static boolean exists(List<CatalogEntry> offered, int index, List<CatalogEntry> picked) {
        if (index == NAMES.size()) {
            return isClosed(picked, offered.getFirst().name());
        }
        if (exists(offered, index + 1, picked)) {
            return true;
        }
        for (CatalogEntry entry : offered) {
            if (entry.name().equals(NAMES.get(index))) {
                picked.add(entry);
                boolean found = exists(offered, index + 1, picked);
                picked.removeLast();
                if (found) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the picks hold the root, meet every need among themselves, and can be put in an order. */
    private static boolean isClosed(List<CatalogEntry> picked, String root) {
        if (picked.stream().noneMatch(entry -> entry.name().equals(root))) {
            return false;
        }
        Set<String> done = new HashSet<>();
        boolean progress = true;
        while (progress) {
            progress = false;
            for (CatalogEntry entry : picked) {
                boolean ready = entry.dependencies().stream()
                        .allMatch(dependency -> done.contains(dependency.name())
                                && picked.stream()
                                        .anyMatch(other -> other.name().equals(dependency.name())
                                                && dependency.range().contains(other.version())));
                progress |= ready && done.add(entry.name());
            }
        }
        return done.size() == picked.size();
    }
}
