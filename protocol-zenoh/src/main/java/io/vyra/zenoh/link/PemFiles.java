package io.vyra.zenoh.link;

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
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * Certificates and keys in PEM files, as Zenoh's own configuration names them.
 *
 * @param trusted certificates of those who sign the peers' certificates, or null for the JDK's
 * @param certificate the own certificate and those above it, or null for none
 * @param key its private key in PKCS #8 ({@code BEGIN PRIVATE KEY}: RSA, EC or Ed25519), or null for none
 */
public record PemFiles(Path trusted, Path certificate, Path key) {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final char[] NO_PASSWORD = {};

    public PemFiles {
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException("A certificate and its key go together: name both files or none");
        }
    }

    /**
     * Reads the files.
     *
     * @throws IOException when a file cannot be read or holds something else; the message names it
     */
    public SSLContext context() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers(), trustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be set up with " + this + ": " + e.getMessage(), e);
        }
    }

    private TrustManager[] trustManagers() throws IOException, GeneralSecurityException {
        if (trusted == null) {
            return null;
        }
        KeyStore store = emptyStore();
        int number = 0;
        for (Certificate each : certificates(trusted)) {
            store.setCertificateEntry("trusted" + number++, each);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private KeyManager[] keyManagers() throws IOException, GeneralSecurityException {
        if (certificate == null) {
            return null;
        }
        KeyStore store = emptyStore();
        store.setKeyEntry(
                "own", privateKey(), NO_PASSWORD, certificates(certificate).toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Collection<? extends Certificate> certificates(Path file) throws IOException {
        try {
            Collection<? extends Certificate> certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
            if (certificates.isEmpty()) {
                throw new IOException(file + " holds no certificate in PEM form");
            }
            return certificates;
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " holds no certificate in PEM form: " + e.getMessage(), e);
        }
    }

    private PrivateKey privateKey() throws IOException, GeneralSecurityException {
        Matcher matcher = KEY.matcher(Files.readString(key, StandardCharsets.US_ASCII));
        if (!matcher.find()) {
            throw new IOException(key
                    + " holds no PKCS #8 key (BEGIN PRIVATE KEY). Convert it: openssl pkcs8 -topk8 -nocrypt -in KEY");
        }
        PKCS8EncodedKeySpec encoded =
                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(matcher.group(1)));
        for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (InvalidKeySpecException e) {
                // A key of another algorithm: the next one may know it.
            }
        }
        throw new IOException(key + " holds a key that is neither RSA nor EC nor Ed25519");
    }
}
