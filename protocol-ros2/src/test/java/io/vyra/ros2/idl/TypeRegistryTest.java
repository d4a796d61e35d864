package io.vyra.ros2.idl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TypeRegistryTest {
    @TempDir
    Path folder;

    @Test
    void shouldKnowEveryInterfaceThatIsShipped() throws IOException, URISyntaxException {
        TypeRegistry registry = TypeRegistry.shipped();
        Path resources = Path.of(
                        TypeRegistry.class.getResource("interfaces/index").toURI())
                .getParent();

        try (var files = Files.walk(resources)) {
            List<String> found = files.filter(Files::isRegularFile)
                    .map(file -> resources.relativize(file).toString())
                    .filter(file -> !file.equals("index"))
                    .toList();
            assertThat(registry.names())
                    .extracting(name -> name + "." + name.kind().text())
                    .containsExactlyInAnyOrderElementsOf(found);
        }
        assertThat(registry.names())
                .allSatisfy(name -> assertThat(registry.hash(name)).isNotNull());
    }

    @Test
    void shouldPreferTheFolderOfTheUser() throws IOException {
        write("src/std_msgs/msg/String.msg", "int8 other\n");
        write("src/my_msgs/msg/Wrapped.msg", "std_msgs/String text\n");

        TypeRegistry registry = TypeRegistry.shipped().with(folder);

        assertThat(registry.message(TypeName.parse("std_msgs/msg/String")).fields())
                .extracting(Field::name)
                .containsExactly("other");
        assertThat(registry.message(TypeName.parse("my_msgs/msg/Wrapped")).fields())
                .hasSize(1);
        assertThat(registry.names())
                .contains(TypeName.parse("my_msgs/msg/Wrapped"), TypeName.parse("std_msgs/msg/Bool"));
    }

    @Test
    void shouldRefuseAMessageThatContainsItself() throws IOException {
        write("a/msg/First.msg", "Second second\n");
        write("a/msg/Second.msg", "First[] firsts\n");
        TypeRegistry registry = TypeRegistry.shipped().with(folder);

        assertThatThrownBy(() -> registry.message(TypeName.parse("a/msg/First")))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContaining("contains itself");
    }

    @Test
    void shouldNameTheMessageThatIsMissing() throws IOException {
        write("a/msg/First.msg", "b/Nowhere x\n");
        TypeRegistry registry = TypeRegistry.shipped().with(folder);

        assertThatThrownBy(() -> registry.message(TypeName.parse("a/msg/First")))
                .isInstanceOf(UnknownTypeException.class)
                .hasMessageContaining("b/msg/Nowhere is not known");
    }

    @Test
    void shouldRefuseAFileThatIsTooLargeOrBadlyNamed() throws IOException {
        write("a/msg/Large.msg", "#".repeat(FolderDefinitions.LARGEST_FILE + 1));
        TypeRegistry registry = TypeRegistry.shipped().with(folder);
        assertThatThrownBy(() -> registry.message(TypeName.parse("a/msg/Large")))
                .hasMessageContaining("at most 1048576 bytes");

        write("a/msg/lower.msg", "int8 a\n");
        assertThatThrownBy(() -> TypeRegistry.shipped().with(folder))
                .hasMessageContaining("lower.msg: An interface's name");
    }

    @Test
    void shouldFindThePartsOfServicesAndActions() {
        TypeRegistry registry = TypeRegistry.shipped();

        assertThat(registry.message(TypeName.parse("std_srvs/srv/SetBool_Response"))
                        .fields())
                .extracting(Field::name)
                .containsExactly("success", "message");
        assertThat(registry.message(TypeName.parse("example_interfaces/action/Fibonacci_SendGoal_Request"))
                        .fields())
                .extracting(Field::name)
                .containsExactly("goal_id", "goal");
        assertThat(registry.service(TypeName.parse("example_interfaces/action/Fibonacci_GetResult"))
                        .response()
                        .fields())
                .extracting(Field::name)
                .containsExactly("status", "result");
    }

    @Test
    void shouldReadNamesOfDds() {
        TypeName name = TypeName.parse("std_srvs/srv/SetBool_Request");

        assertThat(name.dds()).isEqualTo("std_srvs::srv::dds_::SetBool_Request_");
        assertThat(TypeName.parseDds(name.dds())).contains(name);
        assertThat(TypeName.parseDds("HelloWorld")).isEmpty();
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
