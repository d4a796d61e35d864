package io.vyra.modulemanager.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** A certificate authority with certificates for an engine and its clients, made with OpenSSL. */
public final class TestCertificates {
    private final Path folder;

    /** @param folder empty */
    public TestCertificates(Path folder) throws IOException {
        this.folder = folder;
        authority("ca");
        sign("engine", "ca", 1, "subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth");
    }

    /** What Docker's daemon needs to let only clients of this authority in. */
    public List<String> engineOptions() {
        return List.of(
                "--tlsverify",
                "--tlscacert=" + folder.resolve("ca.pem"),
                "--tlscert=" + folder.resolve("engine.pem"),
                "--tlskey=" + folder.resolve("engine.key"));
    }

    /** A folder as a client has it: {@code ca.pem}, {@code cert.pem}, {@code key.pem}. */
    public Path client() throws IOException {
        return client("client", "ca", "ca", 1);
    }

    public Path expiredClient() throws IOException {
        return client("expired", "ca", "ca", -1);
    }

    /** Its certificate is of an authority that the engine does not know. */
    public Path strangeClient() throws IOException {
        authority("stranger");
        return client("strange", "stranger", "ca", 1);
    }

    /** It knows another authority than the engine's. */
    public Path distrustfulClient() throws IOException {
        authority("other");
        return client("distrustful", "ca", "other", 1);
    }

    private Path client(String name, String signer, String trusted, int days) throws IOException {
        sign(name, signer, days, "extendedKeyUsage=clientAuth");
        Path files = Files.createTempDirectory(folder, name);
        copy(folder.resolve(trusted + ".pem"), files.resolve("ca.pem"));
        copy(folder.resolve(name + ".pem"), files.resolve("cert.pem"));
        copy(folder.resolve(name + ".key"), files.resolve("key.pem"));
        return files;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private void authority(String name) throws IOException {
        openssl(
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=" + name,
                "-keyout",
                name + ".key",
                "-out",
                name + ".pem");
    }

    /** @param days from now on; negative: ended so many days ago */
    private void sign(String name, String signer, int days, String extensions) throws IOException {
        Files.writeString(folder.resolve(name + ".ext"), extensions + "\n");
        openssl(
                "req",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-subj",
                "/CN=" + name,
                "-keyout",
                name + ".key",
                "-out",
                name + ".csr");
        openssl(
                "x509",
                "-req",
                "-in",
                name + ".csr",
                "-CA",
                signer + ".pem",
                "-CAkey",
                signer + ".key",
                "-CAcreateserial",
                "-days",
                Integer.toString(days),
                "-extfile",
                name + ".ext",
                "-out",
                name + ".pem");
    }

    private void openssl(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command + " failed: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
