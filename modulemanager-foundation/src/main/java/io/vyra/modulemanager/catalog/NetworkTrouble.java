package io.vyra.modulemanager.catalog;

import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.NoSuchFileException;
import javax.net.ssl.SSLException;

/** Puts what went wrong on the way to a repository into words, without its API key. */
final class NetworkTrouble {
    private static final int LONGEST_CAUSE = 300;

    private NetworkTrouble() {}

    static ProblemException problem(Endpoint endpoint, URI uri, String why) {
        return problem(endpoint, uri, why, null);
    }

    static ProblemException problem(Endpoint endpoint, URI uri, IOException cause) {
        return problem(endpoint, uri, describe(uri, cause), cause);
    }

    private static ProblemException problem(Endpoint endpoint, URI uri, String why, IOException cause) {
        String words = endpoint.apiKey().map(key -> why.replace(key, "***")).orElse(why);
        return new ProblemException(
                ProblemType.REPOSITORY_UNREACHABLE,
                "Repository " + endpoint.repositoryId() + ": " + endpoint.shown(uri) + " could not be read: " + words
                        + ". Check the address, the network and the server.",
                cause);
    }

    /** The JDK's network exceptions often have no message, or one that only a programmer understands. */
    private static String describe(URI uri, IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case UnresolvedAddressException unresolved -> {
                    return "the host name " + uri.getHost() + " is not known";
                }
                case UnknownHostException unknown -> {
                    return "the host name " + uri.getHost() + " is not known";
                }
                case HttpConnectTimeoutException timeout -> {
                    return "no connection could be made in time";
                }
                case SSLException tls -> {
                    return "TLS failed, " + cut(rootMessage(tls));
                }
                case NoSuchFileException missing -> {
                    return "the file does not exist";
                }
                default -> {}
            }
        }
        if (failure instanceof ConnectException) {
            return "the connection was refused or the host cannot be reached";
        }
        return cut(rootMessage(failure));
    }

    private static String rootMessage(Throwable failure) {
        String message = failure.getMessage();
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null) {
                message = cause.getMessage();
            }
        }
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private static String cut(String text) {
        String oneLine = text.replaceAll("\\p{Cntrl}+", " ");
        return oneLine.length() <= LONGEST_CAUSE ? oneLine : oneLine.substring(0, LONGEST_CAUSE) + "…";
    }
}
