package io.vyra.zenoh.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.zenoh.keyexpr.KeyExpression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixOwnershipTest {
    private static final String MANAGER = "v2_modulemanager_" + "0".repeat(32);
    private static final String MODULE = "v2_camera_" + "1".repeat(32);
    private static final String OTHER = "v2_arm_" + "2".repeat(32);
    private static final FaceIdentity ANYBODY = new FaceIdentity.Anonymous("tcp/127.0.0.1:1");
    private static final FaceId FIRST = new FaceId(1);
    private static final FaceId SECOND = new FaceId(2);

    private final PrefixOwnership rules = new PrefixOwnership(MANAGER);

    @ParameterizedTest
    @EnumSource(
            value = Action.class,
            names = {"DECLARE_QUERYABLE", "DECLARE_TOKEN", "PUBLISH"})
    void shouldGiveAPrefixToTheFirstFaceThatUsesIt(Action action) {
        boolean first = allows(ANYBODY, FIRST, action, MODULE + "/get_state");
        boolean second = allows(ANYBODY, SECOND, Action.PUBLISH, MODULE + "/feeder/StateFeed");
        boolean again = allows(ANYBODY, FIRST, Action.DECLARE_TOKEN, MODULE);

        assertThat(first).isTrue();
        assertThat(second).isFalse();
        assertThat(again).isTrue();
    }

    @Test
    void shouldFreeAPrefixWhenItsFaceIsGone() {
        allows(ANYBODY, FIRST, Action.PUBLISH, MODULE + "/a");

        rules.left(FIRST);

        assertThat(allows(ANYBODY, SECOND, Action.PUBLISH, MODULE + "/a")).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Action.class,
            names = {"DECLARE_SUBSCRIBER", "QUERY"})
    void shouldLetEverybodyRead(Action action) {
        assertThat(allows(ANYBODY, FIRST, action, MANAGER + "/get_state")).isTrue();
        assertThat(allows(ANYBODY, FIRST, action, "**")).isTrue();
        assertThat(allows(ANYBODY, SECOND, Action.PUBLISH, MANAGER + "/get_state"))
                .isFalse();
    }

    @Test
    void shouldKeepTheManagersPrefixForThisProcess() {
        assertThat(allows(new FaceIdentity.Local(), FIRST, Action.DECLARE_QUERYABLE, MANAGER + "/api/**"))
                .isTrue();
        assertThat(allows(ANYBODY, SECOND, Action.DECLARE_QUERYABLE, MANAGER + "/get_state"))
                .isFalse();
        assertThat(allows(new FaceIdentity.User(MANAGER), SECOND, Action.DECLARE_TOKEN, MANAGER))
                .isFalse();
        assertThat(allows(new FaceIdentity.Upstream(), SECOND, Action.PUBLISH, MANAGER + "/feeder/NewsFeed"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"**", "*/get_state", "v2_$*/get_state", "**/get_state"})
    void shouldRefuseToSpeakForSeveral(String key) {
        assertThat(allows(ANYBODY, FIRST, Action.DECLARE_QUERYABLE, key)).isFalse();
        assertThat(allows(new FaceIdentity.User(MODULE), FIRST, Action.PUBLISH, key))
                .isFalse();
        assertThat(allows(ANYBODY, FIRST, Action.DECLARE_QUERYABLE, MODULE + "/**"))
                .isTrue();
    }

    @Test
    void shouldHoldWhoIsProvenToTheirOwnPrefix() {
        FaceIdentity user = new FaceIdentity.User(MODULE);
        FaceIdentity certificate = new FaceIdentity.Certificate(OTHER);

        assertThat(allows(user, FIRST, Action.PUBLISH, MODULE + "/a")).isTrue();
        assertThat(allows(user, FIRST, Action.PUBLISH, OTHER + "/a")).isFalse();
        assertThat(allows(certificate, SECOND, Action.DECLARE_QUERYABLE, OTHER + "/a"))
                .isTrue();
        assertThat(allows(certificate, SECOND, Action.DECLARE_TOKEN, MODULE)).isFalse();
    }

    @Test
    void shouldGiveAPrefixToWhoIsProvenAndTakeItFromWhoIsNot() {
        allows(ANYBODY, FIRST, Action.PUBLISH, MODULE + "/a");

        rules.joined(new FaceIdentity.User(MODULE), SECOND);

        assertThat(allows(ANYBODY, FIRST, Action.PUBLISH, MODULE + "/a")).isFalse();
        rules.left(SECOND);
        assertThat(allows(ANYBODY, FIRST, Action.PUBLISH, MODULE + "/a")).isTrue();
    }

    @Test
    void shouldNotLetWhoIsUpstreamSpeakForWhoIsHere() {
        FaceIdentity upstream = new FaceIdentity.Upstream();
        assertThat(allows(upstream, SECOND, Action.PUBLISH, MODULE + "/a")).isTrue();

        allows(ANYBODY, FIRST, Action.DECLARE_TOKEN, MODULE);

        assertThat(allows(upstream, SECOND, Action.PUBLISH, MODULE + "/a")).isFalse();
    }

    @Test
    void shouldLeaveOtherKeysToEverybody() {
        assertThat(allows(ANYBODY, FIRST, Action.PUBLISH, "demo/hello")).isTrue();
        assertThat(allows(ANYBODY, SECOND, Action.PUBLISH, "demo/hello")).isTrue();
    }

    @Test
    void shouldSayWhatAManagersPrefixIs() {
        assertThatThrownBy(() -> new PrefixOwnership("manager")).hasMessageContaining("'manager'");
    }

    private boolean allows(FaceIdentity face, FaceId id, Action action, String key) {
        return rules.allows(face, id, action, KeyExpression.of(key));
    }
}
