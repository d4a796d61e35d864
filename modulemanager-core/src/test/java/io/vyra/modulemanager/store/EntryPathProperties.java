package io.vyra.modulemanager.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.problem.ProblemException;
import java.nio.file.Path;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EntryPathProperties {
    private static final Path ROOT = Path.of("/data/staging/tree");

    @Property
    void acceptedNamesStayInTheTree(@ForAll("names") String name) {
        accepted(name).ifPresent(path -> {
            Path place = ROOT.resolve(path.toString());
            assertThat(place.startsWith(ROOT)).isTrue();
            assertThat(place).isEqualTo(place.normalize());
        });
    }

    @Property
    void acceptedLinksLeadIntoTheTree(@ForAll("names") String name, @ForAll("names") String target) {
        accepted(name).filter(path -> !path.isRoot()).ifPresent(path -> {
            try {
                path.checkLinkTarget(target);
            } catch (ProblemException e) {
                return;
            }
            Path folder = ROOT.resolve(path.toString()).getParent();
            assertThat(folder.resolve(target).normalize().startsWith(ROOT)).isTrue();
        });
    }

    private static Optional<EntryPath> accepted(String name) {
        try {
            return Optional.of(EntryPath.parse(name, UnpackLimits.DEFAULT));
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of("a", "b", "..", ".", "", "/", "ü", "...", " ")
                .list()
                .ofMinSize(1)
                .ofMaxSize(7)
                .map(parts -> String.join("/", parts));
    }
}
