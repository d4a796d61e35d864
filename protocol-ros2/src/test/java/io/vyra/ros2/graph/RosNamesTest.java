package io.vyra.ros2.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RosNamesTest {
    @ParameterizedTest
    @CsvSource({
        "chatter, /, node, /chatter",
        "chatter, /arm, node, /arm/chatter",
        "/chatter, /arm, node, /chatter",
        "~/state, /arm, node, /arm/node/state",
        "~, /, node, /node",
        "a/_action/feedback, /, node, /a/_action/feedback",
        // Unusual, but rcl has no rule against it.
        "cam__left, /my__robot, a__node, /my__robot/cam__left",
        "~/__hidden, /, a__node, /a__node/__hidden",
    })
    void shouldExpand(String name, String namespace, String node, String full) {
        assertThat(RosNames.expand(name, namespace, node)).isEqualTo(full);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "a//b", "1a", "a/", "a b", "/a/1", "ä"})
    void shouldRefuseWhatIsNoName(String name) {
        assertThatThrownBy(() -> RosNames.expand(name, "/", "node")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldTranslateToDdsAndBack() {
        assertThat(RosNames.topicToDds("/chatter")).isEqualTo("rt/chatter");
        assertThat(RosNames.topicOf("rt/arm/state")).contains("/arm/state");
        assertThat(RosNames.topicOf("ros_discovery_info")).isEmpty();
        assertThat(RosNames.requestToDds("/add")).isEqualTo("rq/addRequest");
        assertThat(RosNames.serviceOf("rq/addRequest")).contains("/add");
        assertThat(RosNames.serviceOf("rr/addReply")).contains("/add");
        assertThat(RosNames.serviceOf("rr/addRequest")).isEmpty();
    }
}
