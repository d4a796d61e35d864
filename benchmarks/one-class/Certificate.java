import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;

/** Makes a self-signed certificate of the kind that the manager makes: {@code java Certificate.java FOLDER} writes tls.crt and tls.key. */
final class Certificate {
    private static final String PASSWORD = "measured";

    private Certificate() {}

    public static void main(String... arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Path store = Files.createTempDirectory("certificate").resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair",
                        "-keystore", store.toString(),
                        "-storetype", "PKCS12",
                        "-storepass", PASSWORD,
                        "-alias", "tls",
                        "-keyalg", "EC",
                        "-groupname", "secp256r1",
                        "-validity", "3650",
                        "-dname", "CN=localhost",
                        "-ext", "SAN=DNS:localhost,IP:127.0.0.1")
                .inheritIO()
                .start();
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException("keytool could not make a key, see above.");
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(new ByteArrayInputStream(Files.readAllBytes(store)), PASSWORD.toCharArray());
        write(folder.resolve("tls.crt"), "CERTIFICATE", keys.getCertificate("tls").getEncoded());
        write(folder.resolve("tls.key"), "PRIVATE KEY", keys.getKey("tls", PASSWORD.toCharArray()).getEncoded());
    }

    private static void write(Path file, String kind, byte[] der) throws IOException {
        Base64.Encoder encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
        Files.writeString(file, "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, encoder.encodeToString(der), kind));
    }
}
