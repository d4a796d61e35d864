package io.vyra.modulemanager.container.engine;

import com.github.dockerjava.transport.SSLConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * TLS to an engine, with the files that Docker's own client uses: {@code ca.pem}, {@code cert.pem} and {@code key.pem} (PKCS #8) of one
 * folder.
 */
public record EngineTls(Path folder) implements SSLConfig {
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final char[] NO_PASSWORD = {};

    /** @throws IllegalArgumentException when a file is missing or is not what it must be */
    @Override
    public SSLContext getSSLContext() {
        try {
            Collection<? extends Certificate> own = certificates("cert.pem");
            KeyStore keys = empty();
            keys.setKeyEntry("client", key(own.iterator().next()), NO_PASSWORD, own.toArray(Certificate[]::new));
            KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keyManagers.init(keys, NO_PASSWORD);
            KeyStore trusted = empty();
            int number = 0;
            for (Certificate certificate : certificates("ca.pem")) {
                trusted.setCertificateEntry("ca-" + number, certificate);
                number++;
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "the certificates and the key for the container engine in " + folder + " cannot be used: "
                            + e.getMessage(),
                    e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private Collection<? extends Certificate> certificates(String name) throws GeneralSecurityException, IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve(name));
        Collection<? extends Certificate> found =
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes));
        if (found.isEmpty()) {
            throw new IOException(name + " holds no certificate");
        }
        return List.copyOf(found);
    }

    private PrivateKey key(Certificate certificate) throws GeneralSecurityException, IOException {
        String text = Files.readString(folder.resolve("key.pem"), StandardCharsets.US_ASCII);
        Matcher matcher = PKCS8.matcher(text);
        if (!matcher.find()) {
            throw new IOException("key.pem is no PKCS #8 key (BEGIN PRIVATE KEY); make one of it with"
                    + " 'openssl pkcs8 -topk8 -nocrypt -in key.pem'");
        }
        byte[] der = Base64.getMimeDecoder().decode(matcher.group(1));
        return KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm())
                .generatePrivate(new PKCS8EncodedKeySpec(der));
    }
}
