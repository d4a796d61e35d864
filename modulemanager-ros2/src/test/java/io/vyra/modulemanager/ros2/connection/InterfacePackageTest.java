package io.vyra.modulemanager.ros2.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.idl.TypeRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The package that users build with colcon and the manager reads. */
class InterfacePackageTest {
    private static final Path FOLDER = Path.of("src/main/ros", InterfacePackage.NAME);

    private final Map<TypeName, String> definitions = InterfacePackage.definitions();

    @Test
    void shouldListEveryDefinitionThatIsThere() throws IOException {
        List<String> files;
        try (Stream<Path> paths = Files.walk(FOLDER)) {
            files = paths.filter(path -> path.toString().matches(".*\\.(msg|srv|action)"))
                    .map(path -> InterfacePackage.NAME + "/" + FOLDER.relativize(path))
                    .map(path -> path.substring(0, path.lastIndexOf('.')))
                    .sorted()
                    .toList();
        }

        assertThat(definitions.keySet()).extracting(TypeName::toString).containsExactlyElementsOf(files);
        assertThat(files).hasSize(17);
    }

    @Test
    void shouldHaveDefinitionsThatCanBeUsed() {
        TypeRegistry registry = TypeRegistry.shipped().with(definitions);

        assertThat(definitions.keySet()).allSatisfy(name -> {
            switch (name.kind()) {
                case MSG -> registry.message(name);
                case SRV -> registry.service(name);
                case ACTION -> registry.action(name);
            }
            assertThat(registry.hash(name).toString()).startsWith("RIHS01_");
        });
    }

    @Test
    void shouldNameEveryPackageThatItsDefinitionsUse() throws IOException {
        TreeSet<String> used = new TreeSet<>(List.of("action_msgs"));
        definitions
                .values()
                .forEach(text -> Pattern.compile("(?m)^([a-z_]+)/[A-Z]")
                        .matcher(text)
                        .results()
                        .map(match -> match.group(1))
                        .forEach(used::add));

        assertThat(used).hasSizeGreaterThan(2);
        assertThat(named("package.xml", "<depend>([a-z_]+)</depend>")).containsExactlyElementsOf(used);
        assertThat(named("CMakeLists.txt", "DEPENDENCIES ([a-z_ ]+)"))
                .singleElement()
                .isEqualTo(String.join(" ", used));
    }

    private static List<String> named(String file, String pattern) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(FOLDER.resolve(file)))
                .results()
                .map((MatchResult match) -> match.group(1).strip())
                .sorted()
                .toList();
    }
}
