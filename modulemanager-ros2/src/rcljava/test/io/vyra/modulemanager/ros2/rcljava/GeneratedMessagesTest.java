package io.vyra.modulemanager.ros2.rcljava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.ros2.cdr.InvalidValueException;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import robot_msgs.msg.Everything;
import robot_msgs.msg.Part;

class GeneratedMessagesTest {
    private static final BigInteger HUGE = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
    private final GeneratedMessages messages = RobotMessages.everything();

    private static Map<String, Object> extremes() {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("flag", true);
        message.put("octet", 255L);
        message.put("letter", 200L);
        message.put("small", -128L);
        message.put("small_unsigned", 254L);
        message.put("middle", -32_768L);
        message.put("middle_unsigned", 65_535L);
        message.put("large", -2_147_483_648L);
        message.put("large_unsigned", 4_294_967_295L);
        message.put("huge", Long.MIN_VALUE);
        message.put("huge_unsigned", HUGE);
        message.put("f32", 1.5f);
        message.put("f64", -0.1);
        message.put("text", "grün");
        message.put("wide", "\uD83E\uDD16");
        message.put("part", Map.of("frame_id", "base", "size", 2.0));
        message.put("data", new byte[] {0, -1, 127});
        message.put("pair", List.of(1L, 65_535L));
        message.put("words", List.of("a", ""));
        message.put("parts", List.of(Map.of("frame_id", "x", "size", 0.0)));
        return message;
    }

    @Test
    void shouldWriteWhatTheSettersTake() {
        Everything object = (Everything) messages.toObject(extremes());

        assertThat(object.getOctet()).isEqualTo((byte) -1);
        assertThat(object.getMiddleUnsigned()).isEqualTo((short) -1);
        assertThat(object.getLargeUnsigned()).isEqualTo(-1);
        assertThat(object.getHugeUnsigned()).isEqualTo(-1L);
        assertThat(object.getF32()).isEqualTo(1.5f);
        assertThat(object.getWide()).isEqualTo("\uD83E\uDD16");
        assertThat(object.getPart().getFrameId()).isEqualTo("base");
        assertThat(object.getData()).containsExactly((byte) 0, (byte) -1, (byte) 127);
        assertThat(object.getPair()).containsExactly((short) 1, (short) -1);
        assertThat(object.getParts()).extracting(Part::getFrameId).containsExactly("x");
    }

    @Test
    void shouldReadBackWhatItWrote() {
        Map<String, Object> read = messages.toMap(messages.toObject(extremes()));

        assertThat(read).usingRecursiveComparison().isEqualTo(extremes());
    }

    @Test
    void shouldGiveWhatIsLeftOutItsDefault() {
        Everything object = (Everything) messages.toObject(Map.of("parts", List.of(Map.of())));

        assertThat(object.getText()).isEmpty();
        assertThat(object.getPair()).containsExactly((short) 0, (short) 0);
        assertThat(object.getPart().getSize()).isEqualTo(1.5);
        assertThat(object.getParts()).extracting(Part::getSize).containsExactly(1.5);
    }

    @Test
    void shouldFillAnObjectThatThereIs() {
        Everything response = new Everything();

        messages.fill(response, Map.of("text", "done"));

        assertThat(response.getText()).isEqualTo("done");
        assertThat(response.getPair()).hasSize(2);
    }

    @Test
    void shouldRefuseWhatTheTypeDoesNotAllow() {
        assertThatThrownBy(() -> messages.toObject(Map.of("small", 128L)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("/small");
        assertThatThrownBy(() -> messages.toObject(Map.of("none", 1L))).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void shouldSayThatAClassIsOfAnotherDefinition() {
        GeneratedMessages wrong = new GeneratedMessages(
                RobotMessages.TYPES, RobotMessages.TYPES.get(RobotMessages.EVERYTHING), Part.class);

        assertThatThrownBy(() -> wrong.toObject(Map.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("robot_msgs.msg.Part was generated from another definition");
    }
}
