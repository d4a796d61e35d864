package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ./mm build} with a Maven that only fails. */
class BuildCommandTest {
    @TempDir
    private Path folder;

    private CheckoutCopy checkout;

    @BeforeEach
    void copy() throws Exception {
        checkout = CheckoutCopy.make(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "'Could not transfer artifact a:b:jar:1 from/to central: Unknown host', Once everything is in ~/.m2 and ~/.npm",
        "'Cannot access central in offline mode and the artifact a:b:jar:1 has not been downloaded', Once everything is in",
        "npm error code ENOTFOUND, Once everything is in ~/.m2 and ~/.npm the network is not needed",
        "npm error code ENOTCACHED, Once everything is in ~/.m2 and ~/.npm the network is not needed",
        "PKIX path building failed, NODE_EXTRA_CA_CERTS=FILE for npm",
        "npm error code EUSAGE, frontend/package-lock.json is not that of frontend/package.json",
        "npm ERR! code EUSAGE, npm install --package-lock-only",
        "npm error code EINTEGRITY, npm cache clean --force",
        "write error: No space left on device, The disk is full",
        "'Could not resolve dependencies: Artifact a:b:jar:1 trusted checksum mismatch: x', The lock stopped the build",
    })
    void shouldSayWhatToDoWhenTheBuildFails(String said, String message) throws Exception {
        checkout.set("MAVEN_SAYS", said);

        Command build = checkout.mm("build");

        assertThat(build.output()).contains(said, message, "The build failed, see above.");
        assertThat(build.code()).isEqualTo(1);
    }
}
