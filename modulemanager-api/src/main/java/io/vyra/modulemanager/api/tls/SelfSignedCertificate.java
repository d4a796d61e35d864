package io.vyra.modulemanager.api.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A certificate the manager makes for itself at its first start (RFC 5280, ECDSA on P-256, valid for ten years), kept in
 * {@code <data>/tls}. The JDK offers no public way to make one.
 */
public final class SelfSignedCertificate {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid(1, 2, 840, 10045, 4, 3, 2));
    private static final byte[] COMMON_NAME = Der.oid(2, 5, 4, 3);
    private static final byte[] SUBJECT_ALTERNATIVE_NAME = Der.oid(2, 5, 29, 17);
    private static final int VALID_DAYS = 3_650;

    private final Path folder;
    private final InstantSource clock;

    /**
     * @param data the manager's data folder
     */
    public SelfSignedCertificate(Path data, InstantSource clock) {
        this.folder = data.resolve("tls");
        this.clock = clock;
    }

    public Path certificate() {
        return folder.resolve("certificate.pem");
    }

    public Path key() {
        return folder.resolve("key.pem");
    }

    /** Makes certificate and key when they are not both there. The key's file has mode 0600 from its first moment. */
    public void ensure() {
        if (Files.exists(certificate()) && Files.exists(key())) {
            return;
        }
        try {
            Files.createDirectories(folder);
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            write(key(), "PRIVATE KEY", pair.getPrivate().getEncoded());
            write(certificate(), "CERTIFICATE", certificateFor(pair, hostName()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has ECDSA on P-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException("The self-signed certificate could not be written to " + folder, e);
        }
    }

    /** SHA-256 of the certificate, as browsers show it. */
    public String fingerprint() {
        try (var in = Files.newInputStream(certificate())) {
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(
                    "The certificate " + certificate() + " cannot be read. Delete the folder " + folder
                            + " and start again to get a new one.",
                    e);
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private byte[] certificateFor(KeyPair pair, String host) throws GeneralSecurityException {
        byte[] name = Der.sequence(Der.set(Der.sequence(COMMON_NAME, Der.utf8(host))));
        byte[] validity = Der.sequence(
                Der.generalizedTime(TIME.format(clock.instant().minusSeconds(86_400))),
                Der.generalizedTime(TIME.format(clock.instant().plusSeconds(VALID_DAYS * 86_400L))));
        byte[] names = Der.sequence(dns(host), dns("localhost"), Der.tagged(0x87, new byte[] {127, 0, 0, 1}));
        byte[] extensions =
                Der.tagged(0xa3, Der.sequence(Der.sequence(SUBJECT_ALTERNATIVE_NAME, Der.octetString(names))));
        byte[] body = Der.sequence(
                Der.tagged(0xa0, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(126, new SecureRandom()).setBit(126)),
                ECDSA_WITH_SHA256,
                name,
                validity,
                name,
                pair.getPublic().getEncoded(),
                extensions);
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        signature.update(body);
        return Der.sequence(body, ECDSA_WITH_SHA256, Der.bitString(signature.sign()));
    }

    private static byte[] dns(String name) {
        return Der.tagged(0x82, name.getBytes(StandardCharsets.US_ASCII));
    }

    private static void write(Path file, String type, byte[] der) throws IOException {
        String pem = "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + type + "-----\n";
        Path incoming = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(incoming);
        Files.createFile(incoming, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(incoming, pem);
        Files.move(incoming, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
