package io.vyra.modulemanager.ros2.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeLibrariesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "org.ros2.rcljava.RCLJava,org_ros2_rcljava_rcl_java__jni",
        "org.ros2.rcljava.node.NodeImpl,org_ros2_rcljava_node__node_impl__jni",
        "org.ros2.rcljava.qos.QoSProfile,org_ros2_rcljava_qos__qo_s_profile__jni"
    })
    void shouldNameTheLibraryOfAClass(String className, String library) {
        assertThat(NativeLibraries.ofClass(className)).isEqualTo(library);
    }

    @ParameterizedTest
    @CsvSource({
        "std_msgs.msg.String,std_msgs_msg__string__jni__rosidl_typesupport_c",
        "example_interfaces.srv.AddTwoInts_Request,"
                + "example_interfaces_srv__add_two_ints__request__jni__rosidl_typesupport_c"
    })
    void shouldNameTheLibraryOfAnInterface(String className, String library) {
        assertThat(NativeLibraries.ofInterface(className)).isEqualTo(library);
    }

    @Test
    void shouldFindTheFirstFile() throws IOException {
        Path first = Files.createDirectories(folder.resolve("first"));
        Path second = Files.createDirectories(folder.resolve("second"));
        Files.createDirectories(first.resolve(System.mapLibraryName("thing")));
        Path file = Files.createFile(second.resolve(System.mapLibraryName("thing")));
        NativeLibraries libraries =
                new NativeLibraries(folder.resolve("none") + File.pathSeparator + first + File.pathSeparator + second);

        assertThat(libraries.find("thing")).contains(file);
        assertThat(libraries.find("other")).isEmpty();
    }
}
