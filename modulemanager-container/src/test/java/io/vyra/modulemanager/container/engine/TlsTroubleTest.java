package io.vyra.modulemanager.container.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class TlsTroubleTest {
    private static final EngineTls FILES = new EngineTls(Path.of("/no/such/folder"));

    private static Optional<String> words(Throwable cause) {
        return TlsTrouble.words(new RuntimeException(cause), FILES);
    }

    private static SSLHandshakeException handshake(Exception cause) {
        SSLHandshakeException failure = new SSLHandshakeException("PKIX path validation failed");
        failure.initCause(new CertPathValidatorException("validity check failed", cause));
        return failure;
    }

    @Test
    void shouldTellThatTheEnginesCertificateHasExpired() {
        assertThat(words(handshake(new CertificateExpiredException("NotAfter: yesterday"))))
                .contains("the engine's certificate has expired. Give the engine a new one");
    }

    @Test
    void shouldTellThatAClockIsWrong() {
        assertThat(words(handshake(new CertificateNotYetValidException("NotBefore: tomorrow"))))
                .hasValueSatisfying(words -> assertThat(words).contains("not valid yet", "clocks"));
    }

    @Test
    void shouldTellThatTheEngineJustHungUp() {
        assertThat(words(new SocketException("Connection reset")))
                .hasValueSatisfying(words ->
                        assertThat(words).contains("Connection reset", "It may not take /no/such/folder/cert.pem"));
    }

    @Test
    void shouldLeaveTroubleWithoutTlsToOthers() {
        assertThat(words(new ConnectException("Connection refused"))).isEmpty();
        assertThat(words(new SocketTimeoutException("Read timed out"))).isEmpty();
    }
}
