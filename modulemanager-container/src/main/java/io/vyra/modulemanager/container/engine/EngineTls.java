package io.vyra.modulemanager.container.engine;

import com.github.dockerjava.transport.SSLConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
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
    private static final byte[] PROBE = {1};

    /**
     * A certificate that has expired is no reason to fail here: a robot starts without its engine, too, and {@link TlsTrouble} says why it
     * has none.
     *
     * @throws IllegalArgumentException when a file is missing or is not what it must be
     */
    @Override
    public SSLContext getSSLContext() {
        try {
            Collection<? extends Certificate> own = certificates("cert.pem");
            KeyStore keys = empty();
            PrivateKey key = key(own.iterator().next().getPublicKey());
            keys.setKeyEntry("client", key, NO_PASSWORD, own.toArray(Certificate[]::new));
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

    /** The certificate by which the engine knows this manager; empty when there is none that can be read. */
    Optional<X509Certificate> own() {
        try {
            return certificates("cert.pem").stream()
                    .findFirst()
                    .filter(X509Certificate.class::isInstance)
                    .map(X509Certificate.class::cast);
        } catch (GeneralSecurityException | IOException e) {
            return Optional.empty();
        }
    }

    private byte[] read(String name) throws IOException {
        try {
            return Files.readAllBytes(folder.resolve(name));
        } catch (NoSuchFileException e) {
            throw new IOException("there is no " + name, e);
        } catch (AccessDeniedException e) {
            throw new IOException("the manager's user may not read " + name, e);
        }
    }

    private Collection<? extends Certificate> certificates(String name) throws GeneralSecurityException, IOException {
        byte[] bytes = read(name);
        Collection<? extends Certificate> found =
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes));
        if (found.isEmpty()) {
            throw new IOException(name + " holds no certificate");
        }
        return List.copyOf(found);
    }

    private PrivateKey key(PublicKey other) throws GeneralSecurityException, IOException {
        String text = new String(read("key.pem"), StandardCharsets.US_ASCII);
        Matcher matcher = PKCS8.matcher(text);
        if (!matcher.find()) {
            throw new IOException("key.pem is no PKCS #8 key (BEGIN PRIVATE KEY); make one of it with"
                    + " 'openssl pkcs8 -topk8 -nocrypt -in key.pem'");
        }
        PrivateKey key;
        try {
            byte[] der = Base64.getMimeDecoder().decode(matcher.group(1));
            key = KeyFactory.getInstance(other.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (InvalidKeySpecException e) {
            throw new IOException("key.pem is not the key of cert.pem", e);
        }
        if (!isPair(key, other)) {
            throw new IOException("key.pem is not the key of cert.pem");
        }
        return key;
    }

    /** Whether what one signs the other verifies. */
    private static boolean isPair(PrivateKey key, PublicKey other) throws GeneralSecurityException {
        String algorithm = switch (other.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> other.getAlgorithm();
        };
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(PROBE);
        byte[] signed = signature.sign();
        signature.initVerify(other);
        signature.update(PROBE);
        return signature.verify(signed);
    }
}
