package io.vyra.modulemanager.container.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.modulemanager.container.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineTlsTest {
    @TempDir
    Path folder;

    private TestCertificates certificates;

    @BeforeEach
    void make() throws IOException {
        certificates = new TestCertificates(folder);
    }

    private static void shouldRefuse(Path files, String words) {
        assertThatThrownBy(() -> new EngineTls(files).getSSLContext())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(files.toString())
                .hasMessageContaining(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ca.pem", "cert.pem", "key.pem"})
    void shouldNameTheFileThatIsMissing(String name) throws IOException {
        Path files = certificates.client();
        Files.delete(files.resolve(name));

        shouldRefuse(files, "there is no " + name);
    }

    @Test
    void shouldRefuseAKeyOfAnotherCertificate() throws IOException {
        Path files = certificates.client();
        Files.copy(
                certificates.strangeClient().resolve("key.pem"),
                files.resolve("key.pem"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        shouldRefuse(files, "key.pem is not the key of cert.pem");
    }

    @Test
    void shouldSayHowToConvertAKey() throws IOException {
        Path files = certificates.client();
        Files.writeString(
                files.resolve("key.pem"), "-----BEGIN RSA PRIVATE KEY-----\nAA==\n-----END RSA PRIVATE KEY-----\n");

        shouldRefuse(files, "openssl pkcs8 -topk8");
    }

    @Test
    void shouldRefuseWhatIsNoCertificate() throws IOException {
        Path files = certificates.client();
        Files.writeString(files.resolve("ca.pem"), "");

        shouldRefuse(files, "ca.pem holds no certificate");
    }

    /** A robot whose certificate expired over night still has to start its other modules. */
    @Test
    void shouldTakeACertificateThatHasExpired() throws IOException {
        assertThat(new EngineTls(certificates.expiredClient()).getSSLContext()).isNotNull();
    }
}
