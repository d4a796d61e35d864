package io.vyra.modulemanager.catalog;

import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A repository with its placeholders resolved, ready to be asked.
 *
 * @param repositoryId    whose it is
 * @param configuredUrl   as configured, ends with {@code /}; what messages show, so that a variable's value never leaves the process
 * @param base            absolute, ends with {@code /}
 * @param apiKey          secret
 * @param certFingerprint 64 lower-case hexadecimal digits
 */
record Endpoint(
        String repositoryId,
        String configuredUrl,
        URI base,
        Optional<String> apiKey,
        Optional<String> certFingerprint) {

    /**
     * @throws ProblemException {@link ProblemType#REPOSITORY_UNREACHABLE} when a variable is missing or the result is no address
     */
    static Endpoint of(Repository repository, Placeholders placeholders) {
        try {
            String url = asFolder(placeholders.resolve(repository.url()));
            RepositoryRules.checkUrl(url);
            return new Endpoint(
                    repository.id(),
                    asFolder(repository.url()),
                    URI.create(url),
                    repository.apiKey().map(placeholders::resolve),
                    repository.certFingerprint().map(CertificatePin::normalise));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    ProblemType.REPOSITORY_UNREACHABLE,
                    "Repository " + repository.id() + " (" + repository.url() + ") cannot be asked: " + e.getMessage()
                            + ". Correct its address or set the variable before the manager starts.");
        }
    }

    private static String asFolder(String url) {
        return url.endsWith("/") ? url : url + "/";
    }

    /**
     * Address of a file of this repository.
     *
     * @param relative plain path with {@code /} between segments, not percent-encoded
     */
    URI resolve(String relative) {
        try {
            // Only the path is encoded here: a "?", "#" or "%" in a file's name must not become syntax.
            return base.resolve(
                    new URI(null, null, "/" + relative, null).getRawPath().substring(1));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + relative + "' is no path", e);
        }
    }

    /** The address as it may be shown: without the query, and with placeholders instead of their values. */
    String shown(URI uri) {
        String text = uri.toString();
        if (text.startsWith(base.toString())) {
            return configuredUrl + text.substring(base.toString().length());
        }
        return uri.getScheme() + ":" + (uri.getRawAuthority() == null ? "" : "//" + hostAndPort(uri))
                + uri.getRawPath();
    }

    private static String hostAndPort(URI uri) {
        return uri.getRawAuthority().replaceFirst("^.*@", "");
    }

    /** Whether a request there may carry the API key and be judged by the pinned certificate. */
    boolean isSameOrigin(URI uri) {
        return Objects.equals(lower(uri.getScheme()), lower(base.getScheme()))
                && Objects.equals(lower(uri.getHost()), lower(base.getHost()))
                && port(uri) == port(base);
    }

    private static int port(URI uri) {
        if (uri.getPort() != -1) {
            return uri.getPort();
        }
        return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    private static String lower(String text) {
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "Endpoint[" + repositoryId + " " + configuredUrl + "]";
    }
}
