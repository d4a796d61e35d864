import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a trust store of the certificates in PEM files: {@code java TrustStore.java TARGET FILE...}. It has no password, no salt and
 * a fixed order, so that the same certificates give the same bytes.
 */
final class TrustStore {
    private TrustStore() {}

    public static void main(String... arguments) throws Exception {
        System.setProperty("keystore.pkcs12.certProtectionAlgorithm", "NONE");
        System.setProperty("keystore.pkcs12.macAlgorithm", "NONE");
        Map<String, Certificate> certificates = new TreeMap<>();
        for (int i = 1; i < arguments.length; i++) {
            try (InputStream in = Files.newInputStream(Path.of(arguments[i]))) {
                for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                    byte[] digest = java.security.MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
                    certificates.put(HexFormat.of().formatHex(digest), certificate);
                }
            }
        }
        if (certificates.isEmpty()) {
            System.err.println("TrustStore: no certificate was found in the files given.");
            System.exit(1);
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (Map.Entry<String, Certificate> entry : certificates.entrySet()) {
            store.setCertificateEntry(entry.getKey(), entry.getValue());
        }
        try (OutputStream out = Files.newOutputStream(Path.of(arguments[0]))) {
            store.store(out, null);
        }
    }
}
