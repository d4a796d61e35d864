package io.vyra.modulemanager.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.state.Database;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModuleTokensTest {
    private static final ModuleId MODULE = ModuleId.random("camera");

    @TempDir
    Path folder;

    private Database database;
    private ModuleTokens tokens;

    @BeforeEach
    void open() {
        database = Database.open(folder);
        tokens = new ModuleTokens(database, InstantSource.system(), new SecureRandom());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void restart() {
        close();
        open();
    }

    @Test
    void shouldKnowTheTokensOfBothLaunchesButOnlyOneForTheBus() {
        String own = tokens.issue(MODULE);
        String beside = tokens.issueBeside(MODULE, 7);

        restart();

        assertThat(tokens.verify(own)).contains(MODULE);
        assertThat(tokens.verify(beside)).contains(MODULE);
        assertThat(tokens.busPasswordOf(MODULE)).contains(ModuleTokens.busPassword(own));
    }

    @Test
    void shouldLeaveTheTokenOfTheLaunchThatCounts() {
        String own = tokens.issue(MODULE);
        String beside = tokens.issueBeside(MODULE, 7);

        tokens.settle(MODULE, 7);
        tokens.settle(MODULE, 7);
        restart();

        assertThat(tokens.verify(own)).isEmpty();
        assertThat(tokens.verify(beside)).contains(MODULE);
        assertThat(tokens.busPasswordOf(MODULE)).contains(ModuleTokens.busPassword(beside));
    }

    @Test
    void shouldForgetTheTokenOfALaunchThatWasTakenBack() {
        String own = tokens.issue(MODULE);
        String beside = tokens.issueBeside(MODULE, 7);

        tokens.settle(MODULE, 6);
        restart();

        assertThat(tokens.verify(own)).contains(MODULE);
        assertThat(tokens.verify(beside)).isEmpty();
        tokens.settle(MODULE, 7);
        assertThat(tokens.verify(own)).contains(MODULE);
    }

    @Test
    void shouldRevokeBoth() {
        String own = tokens.issue(MODULE);
        String beside = tokens.issueBeside(MODULE, 7);

        tokens.revoke(MODULE);
        restart();

        assertThat(tokens.verify(own)).isEmpty();
        assertThat(tokens.verify(beside)).isEmpty();
    }

    @Test
    void shouldNeverRefuseTheTokenThatIsBecomingTheModulesOwn() throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        AtomicBoolean refused = new AtomicBoolean();
        for (int generation = 1; generation <= 20 && !refused.get(); generation++) {
            String beside = tokens.issueBeside(MODULE, generation);
            over.set(false);
            Thread asking = Thread.ofVirtual().start(() -> {
                while (!over.get()) {
                    if (tokens.verify(beside).isEmpty()) {
                        refused.set(true);
                    }
                }
            });

            tokens.settle(MODULE, generation);

            over.set(true);
            asking.join();
        }
        assertThat(refused).isFalse();
    }
}
