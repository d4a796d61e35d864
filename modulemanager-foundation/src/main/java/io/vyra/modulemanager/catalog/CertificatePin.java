package io.vyra.modulemanager.catalog;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trust in exactly one server certificate, known by the SHA-256 of its DER form.
 *
 * <p>Certificate authorities, names and dates do not count then: the fingerprint says all of it. Because this is an
 * {@link X509ExtendedTrustManager}, JSSE leaves the host name check to it as well, and only for connections made with it.
 */
final class CertificatePin extends X509ExtendedTrustManager {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    private final String fingerprint;

    private CertificatePin(String fingerprint) {
        this.fingerprint = fingerprint;
    }

    /**
     * @param fingerprint with or without colons, in either case
     * @return 64 lower-case hexadecimal digits
     * @throws IllegalArgumentException when it is not a SHA-256 fingerprint
     */
    static String normalise(String fingerprint) {
        String digits = fingerprint.strip().replace(":", "").toLowerCase(Locale.ROOT);
        if (!HEX.matcher(digits).matches()) {
            throw new IllegalArgumentException(
                    "must be a SHA-256 fingerprint: 64 hexadecimal digits, with or without colons");
        }
        return digits;
    }

    /** A TLS context that trusts the certificate with this fingerprint and no other. */
    static SSLContext contextTrusting(String fingerprint) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new CertificatePin(normalise(fingerprint))}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS is not available in this Java", e);
        }
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        if (chain == null || chain.length == 0) {
            throw new CertificateException("the server sent no certificate");
        }
        String presented = fingerprintOf(chain[0]);
        if (!MessageDigest.isEqual(presented.getBytes(US_ASCII), fingerprint.getBytes(US_ASCII))) {
            throw new CertificateException(
                    "the server's certificate has the fingerprint " + presented + " but " + fingerprint + " is pinned");
        }
    }

    static String fingerprintOf(X509Certificate certificate) throws CertificateException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new CertificateException("the certificate could not be read", e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("this side is never a server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("this side is never a server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this side is never a server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
