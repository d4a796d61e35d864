package io.vyra.modulemanager.zenoh;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.zenoh.link.PemFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** An authority of the tests' own and certificates that it signed, as PEM files. */
final class TestCertificates {
    private static final String PASSWORD = "changeit";

    private final Path folder;

    /** Makes the authority, in an empty folder. */
    TestCertificates(Path folder) throws Exception {
        this.folder = folder;
        generate("-alias", "ca", "-dname", "CN=Authority of a test", "-ext", "bc=ca:true");
        keytool("-exportcert", "-alias", "ca", "-rfc", "-file", authority().toString());
    }

    /** The authority's certificate. */
    Path authority() {
        return folder.resolve("ca.pem");
    }

    /** Makes a certificate and key for a name, good for both ends of a connection on loopback. */
    PemFiles issue(String name) throws Exception {
        generate("-alias", name, "-dname", "CN=" + name);
        Path request = folder.resolve(name + ".csr");
        Path certificate = folder.resolve(name + ".pem");
        keytool("-certreq", "-alias", name, "-file", request.toString());
        keytool(
                "-gencert",
                "-alias",
                "ca",
                "-infile",
                request.toString(),
                "-outfile",
                certificate.toString(),
                "-rfc",
                "-validity",
                "2",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-ext",
                "eku=serverAuth,clientAuth");
        Path key = folder.resolve(name + ".key");
        Files.writeString(key, key(name));
        return new PemFiles(authority(), certificate, key);
    }

    private String key(String name) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Files.newInputStream(folder.resolve("keys.p12"))) {
            store.load(stream, PASSWORD.toCharArray());
        }
        byte[] encoded = store.getKey(name, PASSWORD.toCharArray()).getEncoded();
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
                + "\n-----END PRIVATE KEY-----\n";
    }

    private void generate(String... arguments) throws Exception {
        List<String> all =
                new ArrayList<>(List.of("-genkeypair", "-validity", "2", "-keyalg", "EC", "-groupname", "secp256r1"));
        all.addAll(List.of(arguments));
        keytool(all.toArray(String[]::new));
    }

    private void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "-keystore", folder.resolve("keys.p12").toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
