package io.vyra.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParametersTest {
    private static final List<Parameter> KNOWN = List.of(
            Parameter.number("rate", 1).between(0.1, 10),
            Parameter.whole("count", 3),
            Parameter.text("mode", "slow").oneOf("slow", "fast"),
            Parameter.truth("loud", false));

    @TempDir
    Path storage;

    private final List<String> changes = new ArrayList<>();

    private Parameters parameters() {
        return new Parameters(storage, KNOWN, (key, value) -> changes.add(key + "=" + value));
    }

    @Test
    void shouldKeepWhatWasSet() {
        Parameters first = parameters();
        assertThat(first.load()).isEmpty();
        first.set("rate", 2);
        first.set("mode", "fast");
        first.set("loud", true);

        Parameters second = parameters();
        assertThat(second.load()).isEmpty();

        assertThat(second.number("rate")).isEqualTo(2);
        assertThat(second.whole("count")).isEqualTo(3);
        assertThat(second.text("mode")).isEqualTo("fast");
        assertThat(second.truth("loud")).isTrue();
        assertThat(changes).containsExactly("rate=2", "mode=fast", "loud=true");
        assertThat(storage).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void shouldRefuseWhatAParameterDoesNotTake() {
        Parameters parameters = parameters();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> parameters.set("rate", 11))
                .withMessage("'rate' takes at least 0.1 and at most 10.0, not 11");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parameters.set("mode", "medium"))
                .withMessage("'mode' takes one of slow, fast");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parameters.set("count", 1.5))
                .withMessage("'count' takes a value of type int");
        assertThatIllegalArgumentException().isThrownBy(() -> parameters.set("loud", "true"));
        assertThatIllegalArgumentException().isThrownBy(() -> parameters.set("volume", 1));

        assertThat(parameters.all().get("rate")).isEqualTo(1.0);
        assertThat(changes).isEmpty();
        assertThat(storage).isEmptyDirectory();
    }

    @Test
    void shouldStartWithWhatItCanUseOfTheFile() throws Exception {
        Files.writeString(storage.resolve("parameters.json"), "{\"rate\":99,\"count\":7,\"gone\":1}");

        Parameters parameters = parameters();

        assertThat(parameters.load()).containsExactly("'rate' takes at least 0.1 and at most 10.0, not 99");
        assertThat(parameters.whole("count")).isEqualTo(7);
        assertThat(parameters.number("rate")).isEqualTo(1);
        assertThat(parameters.has("gone")).isFalse();
    }

    @Test
    void shouldStartWithoutAFileItCannotRead() throws Exception {
        Files.writeString(storage.resolve("parameters.json"), "{\"rate\":");

        assertThat(parameters().load()).singleElement().asString().contains("cannot be used", "No JSON at character 8");
    }

    @Test
    void shouldChangeNothingThatItCannotKeep() throws Exception {
        Files.createDirectory(storage.resolve("parameters.json"));
        Files.createFile(storage.resolve("parameters.json").resolve("in-the-way"));
        Parameters parameters = parameters();

        assertThatThrownBy(() -> parameters.set("rate", 2)).isInstanceOf(UncheckedIOException.class);

        assertThat(parameters.number("rate")).isEqualTo(1);
        assertThat(changes).isEmpty();
    }

    @Test
    void shouldRefuseParametersThatContradictThemselves() {
        Parameter wrong = Parameter.number("rate", 20).between(0, 10);
        assertThatIllegalArgumentException().isThrownBy(() -> new Parameters(storage, List.of(wrong), (_, _) -> {}));
        assertThatIllegalArgumentException().isThrownBy(() -> wrong.between(3, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> Parameter.text("a b", ""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Parameters(
                        storage, List.of(Parameter.text("a", ""), Parameter.whole("a", 1)), (_, _) -> {}))
                .withMessageContaining("twice");
    }
}
