package io.vyra.modulemanager.ros2.rcljava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.ros2.provider.NativeLibraries;
import io.vyra.modulemanager.ros2.provider.PaperLibraries;
import io.vyra.ros2.idl.TypeName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import robot_msgs.msg.Everything;

class GeneratedTypesTest {
    @TempDir
    private Path folder;

    private GeneratedTypes types;

    @BeforeEach
    void look() {
        types = new GeneratedTypes(RobotMessages.TYPES, new LoadedLibraries(new NativeLibraries(folder.toString())));
    }

    private void install(String className) throws IOException {
        PaperLibraries.put(folder, NativeLibraries.ofInterface(className));
    }

    private void assertRefused(TypeName type, String... said) {
        assertThatThrownBy(() -> types.message(type)).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.type()).isEqualTo(ProblemType.NOT_IMPLEMENTED);
            assertThat(e.problem().detail()).contains(said);
        });
    }

    @Test
    void shouldGiveAClassWhoseLibrariesAreLoaded() throws IOException {
        install("robot_msgs.msg.Part");
        install("robot_msgs.msg.Everything");

        assertThat((Object) types.message(RobotMessages.EVERYTHING)).isEqualTo(Everything.class);
    }

    @Test
    void shouldMissTheLibraryOfAMessageWithin() throws IOException {
        install("robot_msgs.msg.Everything");

        assertRefused(
                RobotMessages.EVERYTHING,
                "librobot_msgs_msg__part__jni__rosidl_typesupport_c.so",
                "robot_msgs/msg/Part",
                folder.toString());
    }

    @Test
    void shouldSayThatALibraryIsNone() throws IOException {
        Path library = Files.writeString(
                folder.resolve("librobot_msgs_msg__part__jni__rosidl_typesupport_c.so"), "no library");

        assertRefused(RobotMessages.PART, library.toString(), "cannot be loaded");
    }

    @Test
    void shouldSayThatAClassIsMissing() throws IOException {
        install("diagnostic_msgs.msg.KeyValue");

        assertRefused(
                TypeName.message("diagnostic_msgs", "KeyValue"),
                "the Java class of diagnostic_msgs/msg/KeyValue",
                "mm.ros2.rcljava-jars");
    }
}
