package io.vyra.modulemanager.container.engine;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Says what a connection to an engine failed at, where it is TLS that it failed at, and what to do. Stateless. */
final class TlsTrouble {
    private static final int DEEPEST = 16;

    private TlsTrouble() {}

    /** @return half a sentence; empty when the connection failed for another reason */
    static Optional<String> words(Throwable failure, EngineTls tls) {
        List<Throwable> chain = chain(failure);
        Path folder = tls.folder();
        if (has(chain, CertificateExpiredException.class)) {
            return Optional.of("the engine's certificate has expired. Give the engine a new one");
        }
        if (has(chain, CertificateNotYetValidException.class)) {
            return Optional.of("the engine's certificate is not valid yet. Compare the clocks of both machines");
        }
        if (has(chain, CertPathBuilderException.class)) {
            return Optional.of("no certificate of " + folder.resolve("ca.pem")
                    + " has signed the engine's certificate. Put the one there that has");
        }
        if (has(chain, SSLPeerUnverifiedException.class)) {
            return Optional.of(
                    "the engine's certificate is for another machine: " + message(chain, SSLException.class));
        }
        if (says(chain, text -> text.contains("unrecognized SSL message"))) {
            return Optional.of("it does not speak TLS there. Start the engine with --tlsverify, or remove"
                    + " vyra.container.tls-folder if nobody else can reach it");
        }
        boolean isEnded = says(chain, text -> text.contains("Received fatal alert"))
                || has(chain, SocketException.class) && !has(chain, ConnectException.class)
                || has(chain, EOFException.class)
                || has(chain, SSLException.class);
        return isEnded ? Optional.of(refusal(chain, tls)) : Optional.empty();
    }

    /** Since TLS 1.3 an engine says only after the handshake that it does not take a client's certificate, or just hangs up. */
    private static String refusal(List<Throwable> chain, EngineTls tls) {
        Path file = tls.folder().resolve("cert.pem");
        Optional<Instant> end = tls.own().map(X509Certificate::getNotAfter).map(java.util.Date::toInstant);
        if (end.isPresent() && end.get().isBefore(Instant.now())) {
            return "it does not take " + file + ", which has expired on " + end.get() + ". Make a new one";
        }
        return "it ends the connection (" + message(chain, Exception.class) + "). It may not take " + file
                + ": that must be signed by the CA that the engine was given (--tlscacert), for client authentication";
    }

    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable at = failure; at != null && chain.size() < DEEPEST; at = at.getCause()) {
            chain.add(at);
        }
        return chain;
    }

    private static boolean has(List<Throwable> chain, Class<? extends Throwable> type) {
        return chain.stream().anyMatch(type::isInstance);
    }

    private static boolean says(List<Throwable> chain, Predicate<String> about) {
        return chain.stream().anyMatch(at -> at.getMessage() != null && about.test(at.getMessage()));
    }

    /** The last one of a type says most. */
    private static String message(List<Throwable> chain, Class<? extends Throwable> type) {
        return chain.reversed().stream()
                .filter(type::isInstance)
                .map(Throwable::getMessage)
                .filter(text -> text != null)
                .findFirst()
                .orElse("no reason given");
    }
}
