package io.vyra.zenoh.link;

import javax.net.ssl.SSLContext;

/**
 * How to prove who is who on TLS links.
 *
 * @param context with the own certificate, if any, and those that are trusted
 * @param verifiesHostName whether a certificate must name the host that was dialled
 * @param needsClientCertificate whether whoever connects here must have a certificate
 */
public record TlsContext(SSLContext context, boolean verifiesHostName, boolean needsClientCertificate) {}
