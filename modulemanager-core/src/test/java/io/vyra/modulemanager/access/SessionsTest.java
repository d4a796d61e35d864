package io.vyra.modulemanager.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.module.ModuleId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {
    private AccessFixture access;
    private Account anna;

    @BeforeEach
    void open(@TempDir Path folder) {
        access = new AccessFixture(folder);
        anna = access.accounts.create("anna", "correct horse battery", Role.VIEWER, false);
    }

    @AfterEach
    void close() {
        access.close();
    }

    @Test
    void shouldFindSessionByItsTokenUntilItExpires() {
        Sessions.Opened opened = access.sessions.open(anna);
        access.advance(Duration.ofHours(12).minusSeconds(1));
        assertThat(access.sessions.find(opened.token())).contains(opened.session());

        access.advance(Duration.ofSeconds(1));

        assertThat(access.sessions.find(opened.token())).isEmpty();
        assertThat(access.sessions.isLive(opened.session())).isFalse();
    }

    @Test
    void shouldKeepSessionsOverARestart() {
        Sessions.Opened opened = access.sessions.open(anna);
        Sessions.Opened ended = access.sessions.open(anna);
        access.sessions.end(ended.session());

        Sessions restarted = new Sessions(access.database, access.clock, new SecureRandom());

        assertThat(restarted.find(opened.token())).contains(opened.session());
        assertThat(restarted.find(ended.token())).isEmpty();
    }

    @Test
    void shouldLetTheOldestSessionGiveWay() {
        List<Sessions.Opened> opened = new ArrayList<>();
        for (int i = 0; i <= Sessions.MAX_PER_USER; i++) {
            opened.add(access.sessions.open(anna));
            access.advance(Duration.ofSeconds(1));
        }

        assertThat(access.sessions.find(opened.getFirst().token())).isEmpty();
        assertThat(opened.subList(1, opened.size())).allMatch(one -> access.sessions.isLive(one.session()));
    }

    @Test
    void shouldTellListenersWhichSessionEnded() {
        List<Session> ended = new ArrayList<>();
        access.sessions.onEnd(ended::add);
        Sessions.Opened opened = access.sessions.open(anna);

        access.sessions.end(opened.session());
        access.sessions.end(opened.session());

        assertThat(ended).containsExactly(opened.session());
    }

    @Test
    void shouldStoreOnlyHashesOfTokens() throws IOException {
        String session = access.sessions.open(anna).token();
        String module = access.moduleTokens.issue(ModuleId.random("v2_arm"));
        Path copy = access.folder.resolve("copy.db");
        access.database.backupTo(copy);

        String bytes = Files.readString(copy, StandardCharsets.ISO_8859_1);

        assertThat(bytes).contains(Token.hash(session), Token.hash(module)).doesNotContain(session, module);
    }

    @Test
    void shouldVerifyModuleTokenUntilReplacedOrRevoked() {
        ModuleId arm = ModuleId.random("v2_arm");
        String first = access.moduleTokens.issue(arm);
        String second = access.moduleTokens.issue(arm);
        ModuleTokens restarted = new ModuleTokens(access.database, access.clock, new SecureRandom());

        assertThat(access.moduleTokens.verify(first)).isEmpty();
        assertThat(access.moduleTokens.verify(second)).contains(arm);
        assertThat(restarted.verify(second)).contains(arm);
        assertThat(access.sessions.find(second)).isEmpty();

        access.moduleTokens.revoke(arm);

        assertThat(access.moduleTokens.verify(second)).isEmpty();
    }

    @Test
    void shouldKnowThePasswordThatGoesWithTheModulesPresentToken() {
        ModuleId arm = ModuleId.random("v2_arm");
        access.moduleTokens.issue(arm);
        String token = access.moduleTokens.issue(arm);
        ModuleTokens restarted = new ModuleTokens(access.database, access.clock, new SecureRandom());

        assertThat(restarted.busPasswordOf(arm)).contains(ModuleTokens.busPassword(token));
        assertThat(access.moduleTokens.verify(ModuleTokens.busPassword(token)))
                .as("the password is no token")
                .isEmpty();

        restarted.revoke(arm);

        assertThat(restarted.busPasswordOf(arm)).isEmpty();
    }
}
