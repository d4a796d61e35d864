package io.vyra.modulemanager.catalog;

import io.vyra.modulemanager.problem.Problem.FieldError;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a repository's settings must satisfy; all faults are reported together. */
final class RepositoryRules {
    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,64}");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]*[\\x21-\\x7e])?");
    private static final int LONGEST_NAME = 128;
    private static final int LONGEST_TEXT = 2_048;
    private static final int HIGHEST_PRIORITY = 1_000;

    private RepositoryRules() {}

    /**
     * @throws ProblemException {@link ProblemType#INVALID_REQUEST} with one pointer for each fault
     */
    static void check(Repository repository) {
        List<FieldError> errors = new ArrayList<>();
        if (!ID.matcher(repository.id()).matches()) {
            errors.add(
                    new FieldError("/id", "must be 1 to 64 of a-z, 0-9 and - but is '" + cut(repository.id()) + "'"));
        }
        if (repository.name().isBlank() || repository.name().length() > LONGEST_NAME) {
            errors.add(new FieldError("/name", "must have 1 to " + LONGEST_NAME + " characters"));
        }
        if (repository.description().length() > LONGEST_TEXT) {
            errors.add(new FieldError("/description", "must have at most " + LONGEST_TEXT + " characters"));
        }
        if (repository.priority() < 0 || repository.priority() > HIGHEST_PRIORITY) {
            errors.add(new FieldError(
                    "/priority", "must be between 0 and " + HIGHEST_PRIORITY + " but is " + repository.priority()));
        }
        checkConfiguredUrl(repository.url(), errors);
        checkSecrets(repository, errors);
        if (!errors.isEmpty()) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "The repository's settings are not valid: "
                            + errors.getFirst().pointer() + " "
                            + errors.getFirst().detail() + ".",
                    errors);
        }
    }

    private static void checkConfiguredUrl(String url, List<FieldError> errors) {
        if (url.startsWith("${")) {
            // The scheme itself comes from the environment; Endpoint checks it at each use.
            return;
        }
        try {
            checkUrl(Placeholders.PATTERN.matcher(url).replaceAll("1"));
        } catch (IllegalArgumentException e) {
            errors.add(new FieldError("/url", e.getMessage()));
        }
    }

    private static void checkSecrets(Repository repository, List<FieldError> errors) {
        repository.apiKey().ifPresent(key -> {
            if (key.length() > LONGEST_TEXT || !HEADER_VALUE.matcher(key).matches()) {
                errors.add(new FieldError("/api_key", "must be printable ASCII without spaces at its ends"));
            }
        });
        repository.certFingerprint().ifPresent(fingerprint -> {
            try {
                CertificatePin.normalise(fingerprint);
            } catch (IllegalArgumentException e) {
                errors.add(new FieldError("/cert_fingerprint", e.getMessage()));
            }
            String url = repository.url().toLowerCase(Locale.ROOT);
            if (url.startsWith("http:") || url.startsWith("file:")) {
                errors.add(new FieldError("/cert_fingerprint", "is of use with an https: address only"));
            }
        });
    }

    /**
     * Checks a resolved address.
     *
     * @throws IllegalArgumentException saying what is wrong, without the address itself, which may hold a resolved variable
     */
    static void checkUrl(String url) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is not a valid address (RFC 3986)", e);
        }
        if (url.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException("must have at most " + LONGEST_TEXT + " characters");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("must have neither a query nor a fragment");
        }
        switch (String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT)) {
            case "file" -> checkFile(uri);
            case "http", "https" -> checkHttp(uri);
            default ->
                throw new IllegalArgumentException(
                        "must begin with file:, http: or https: but its scheme is " + uri.getScheme());
        }
    }

    private static void checkFile(URI uri) {
        if (uri.getRawAuthority() != null
                || uri.getRawPath() == null
                || !uri.getRawPath().startsWith("/")) {
            throw new IllegalArgumentException("must be of the form file:///absolute/path");
        }
    }

    private static void checkHttp(URI uri) {
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("must name a host");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("must not hold a user name or password; use api_key");
        }
    }

    private static String cut(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
