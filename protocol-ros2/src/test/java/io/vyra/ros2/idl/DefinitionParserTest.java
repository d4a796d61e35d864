package io.vyra.ros2.idl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionParserTest {
    private static final TypeName NAME = TypeName.parse("pkg/msg/Probe");

    @Test
    void shouldReadEveryShapeOfField() {
        Definition.Message message = message("""
                # A comment
                int32 plain   # and another
                string<=10[<=5] names
                wstring title
                float64[9] k
                Header[] own
                builtin_interfaces/Time stamp
                std_msgs/msg/Header header
                """);

        assertThat(message.fields())
                .containsExactly(
                        Field.of("plain", ElementType.Primitive.INT32, Shape.SINGLE),
                        Field.of(
                                "names",
                                new ElementType.StringType(false, new Bound(10)),
                                new Shape.Sequence(new Bound(5))),
                        Field.of("title", new ElementType.StringType(true, Bound.NONE), Shape.SINGLE),
                        Field.of("k", ElementType.Primitive.FLOAT64, new Shape.Array(9)),
                        Field.of(
                                "own",
                                new ElementType.Nested(TypeName.parse("pkg/msg/Header")),
                                new Shape.Sequence(Bound.NONE)),
                        Field.nested("stamp", TypeName.parse("builtin_interfaces/msg/Time")),
                        Field.nested("header", TypeName.parse("std_msgs/msg/Header")));
    }

    @Test
    void shouldReadConstants() {
        Definition.Message message = message("""
                uint64 LARGEST=18446744073709551615
                int8 LOW = -128
                uint8 HEX=0xfF
                float32 HALF=0.5
                bool ON=true
                string QUOTED="a # b \\" c" # comment
                string BARE=some text # comment
                """);

        assertThat(message.constants())
                .extracting(Constant::name, Constant::value)
                .containsExactly(
                        tuple("LARGEST", new BigInteger("18446744073709551615")),
                        tuple("LOW", -128L),
                        tuple("HEX", 255L),
                        tuple("HALF", 0.5f),
                        tuple("ON", true),
                        tuple("QUOTED", "a # b \" c"),
                        tuple("BARE", "some text"));
    }

    @Test
    void shouldReadDefaults() {
        Definition.Message message = message("""
                int32 x -5
                string name "it's = fine"
                int16[3] array [1, 2, 3]
                string[] words ["a, b", 'c']
                bool[<=2] none []
                """);

        assertThat(message.fields())
                .extracting(Field::defaultValue)
                .containsExactly(
                        Optional.of(-5L),
                        Optional.of("it's = fine"),
                        Optional.of(List.of(1L, 2L, 3L)),
                        Optional.of(List.of("a, b", "c")),
                        Optional.of(List.of()));
    }

    @Test
    void shouldReadDefaultsOfBytes() {
        Definition.Message message = message("uint8[] bytes [1, 0xff]\n");

        assertThat((byte[]) message.fields().getFirst().defaultValue().orElseThrow())
                .containsExactly(1, -1);
    }

    @Test
    void shouldReadServicesAndActions() {
        Definition.Service service = (Definition.Service)
                DefinitionParser.parse(TypeName.parse("pkg/srv/Ask"), "Ask.srv", "int32 a\n---\nint32 b\n");
        Definition.Action action = (Definition.Action)
                DefinitionParser.parse(TypeName.parse("pkg/action/Go"), "Go.action", "int32 a\n---\n---\nint32 c\n");

        assertThat(service.request().name()).hasToString("pkg/srv/Ask_Request");
        assertThat(service.response().fields()).extracting(Field::name).containsExactly("b");
        assertThat(action.result().fields()).isEmpty();
        assertThat(action.result().wireFields())
                .extracting(Field::name)
                .containsExactly("structure_needs_at_least_one_member");
        assertThat(action.sendGoal().request().fields()).extracting(Field::name).containsExactly("goal_id", "goal");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            int32                 | 'type name'
            int32 Upper           | lower-case
            int32 a__b            | single underscores
            int32 lower=3         | capital letters
            int8 TOO_LARGE=128    | int8 is -128 to 127, not 128
            uint8 NEGATIVE=-1     | uint8 is 0 to 255
            bool MAYBE=perhaps    | true or false
            float32 HUGE=1e50     | does not hold
            int32<=3 a            | only string and wstring have a bound
            int32[0] a            | 1 to 16777216
            int32[99999999999] a  | too large
            int32[] A=[1]         | a constant is
            string<=2 a "abc"     | longer than 2
            string a "abc         | closing quote
            int32[2] a [1]        | 2 elements, its default 1
            Other a 5             | has no default
            a/srv/B c             | holds a message
            int32 a b c           | no integer
            int32? a              | no type
            """)
    void shouldRefuseWithTheLine(String line, String problem) {
        assertThatThrownBy(() -> message("# first\n\n" + line))
                .isInstanceOf(DefinitionException.class)
                .hasMessageStartingWith("Probe.msg:3: ")
                .hasMessageContaining(problem);
    }

    @Test
    void shouldRefuseANameThatIsThereTwice() {
        assertThatThrownBy(() -> message("int32 a\nint8 a\n")).hasMessage("Probe.msg:2: the name a is there twice");
    }

    @Test
    void shouldRefuseAWrongNumberOfParts() {
        assertThatThrownBy(() -> message("int32 a\n---\n"))
                .hasMessage("Probe.msg:2: a .msg file has 1 parts with --- between them, this one has 2");
        assertThatThrownBy(() -> DefinitionParser.parse(TypeName.parse("pkg/srv/Ask"), "Ask.srv", "int32 a\n"))
                .hasMessageStartingWith("Ask.srv: a .srv file has 2 parts");
    }

    private static Definition.Message message(String text) {
        return (Definition.Message) DefinitionParser.parse(NAME, "Probe.msg", text);
    }
}
