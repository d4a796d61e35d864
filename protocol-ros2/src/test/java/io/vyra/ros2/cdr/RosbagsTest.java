package io.vyra.ros2.cdr;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.idl.TypeRegistry;
import io.vyra.ros2.peer.Python;
import io.vyra.ros2.wire.WireWriter;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every message, and every message that a service or an action consists of, of those that are shipped and of those of the Module Manager's own
 * package, with random values, judged by rosbags, which knows CDR, the hashes and most of the messages by itself. It does not know wstring, for
 * which there is {@link WideTextTest}.
 */
class RosbagsTest {
    private static final int ROUNDS = 40;
    private static final Set<String> CHARS = Set.of(
            "std_msgs/msg/Char",
            "rmw_dds_common/msg/Gid",
            "rmw_dds_common/msg/NodeEntitiesInfo",
            "rmw_dds_common/msg/ParticipantEntitiesInfo",
            "service_msgs/msg/ServiceEventInfo");

    private static final Path SHIPPED = Path.of("src/main/resources/io/vyra/ros2/idl/interfaces");
    private static final Path OWN = Path.of("../modulemanager-ros2/src/main/ros");
    private static final MessageTypes TYPES =
            new MessageTypes(TypeRegistry.shipped().with(OWN));

    /** Others each time; -Drosbags.seed repeats what failed. */
    private static final long SEED =
            Long.getLong("rosbags.seed", ThreadLocalRandom.current().nextLong());

    @Test
    void shouldKnowTheWholeOwnPackage() {
        assertThat(TYPES.registry().names())
                .filteredOn(name -> name.packageName().equals("vyra_modulemanager_interfaces"))
                .hasSize(17);
    }

    @Test
    void shouldAgreeOnBytesAndValuesOfEveryMessage() throws IOException, InterruptedException {
        Random random = new Random(SEED);
        List<String> questions = new ArrayList<>();
        for (TypeName name : messages()) {
            MessageType type = TYPES.get(name);
            for (int round = 0; round < ROUNDS; round++) {
                questions.add(question(type, random));
            }
        }

        List<String> answers = ask(questions);

        assertThat(answers).hasSameSizeAs(questions);
        for (int i = 0; i < questions.size(); i++) {
            assertThat(answers.get(i))
                    .as("with -Drosbags.seed=%d: %s", SEED, questions.get(i))
                    .isEqualTo("ok");
        }
    }

    @Test
    void shouldAgreeOnTheHashOfEveryMessage() throws IOException, InterruptedException {
        // rosbags takes char for a type of its own; to rosidl it is uint8.
        List<TypeName> names = messages().stream()
                .filter(name -> !CHARS.contains(name.toString()))
                .toList();

        List<String> answers = ask(names.stream().map(TypeName::toString).toList());

        assertThat(names).extracting(name -> TYPES.registry().hash(name).text()).isEqualTo(answers);
    }

    private static List<TypeName> messages() {
        return TYPES.registry().names().stream()
                .flatMap(name -> suffixes(name.kind()).map(suffix -> suffix.isEmpty() ? name : name.part(suffix)))
                .toList();
    }

    private static Stream<String> suffixes(TypeName.Kind kind) {
        return switch (kind) {
            case MSG -> Stream.of("");
            case SRV -> Stream.of("Request", "Response");
            case ACTION ->
                Stream.of(
                        "Goal",
                        "Result",
                        "Feedback",
                        "SendGoal_Request",
                        "SendGoal_Response",
                        "GetResult_Request",
                        "GetResult_Response",
                        "FeedbackMessage");
        };
    }

    private static String question(MessageType type, Random random) {
        Map<String, Object> value = new RandomValues(random).message(type);
        WireWriter writer =
                new WireWriter(1 << 16).order(random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        Encapsulation.write(writer, type, value);
        return type + "\t" + HexFormat.of().formatHex(writer.toArray()) + "\t"
                + JsonText.of(JsonForm.toJson(type, value));
    }

    private static List<String> ask(List<String> questions) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of("target/peers"));
        Path input = Files.createTempFile(folder, "questions", ".tsv");
        Path output = Files.createTempFile(folder, "answers", ".txt");
        Files.write(input, questions, StandardCharsets.UTF_8);
        Process process = new ProcessBuilder(
                        Python.interpreter(), Python.script("oracle.py"), SHIPPED.toString(), OWN.toString())
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor()).isZero();
        return Files.readAllLines(output);
    }
}
