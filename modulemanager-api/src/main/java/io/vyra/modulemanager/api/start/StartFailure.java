package io.vyra.modulemanager.api.start;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.state.StateException;
import java.net.BindException;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;

/** Tells why a start failed in words for the one who started it. */
final class StartFailure {
    private StartFailure() {}

    /** Empty when nobody thought of this failure: then its stack is wanted. */
    static Optional<String> inWords(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .flatMap(cause -> known(cause).stream())
                .findFirst();
    }

    private static Optional<String> known(Throwable cause) {
        return switch (cause) {
            case BindException e ->
                Optional.of("The address " + setting("quarkus.http.host") + ":" + setting("quarkus.http.port")
                        + " cannot be listened on: " + e.getMessage()
                        + ". Choose another port with --port, or end what uses it; 'ss -ltnp' shows who that is.");
            case StartRefusedException e -> Optional.of(e.getMessage());
            case StateException e -> Optional.of(e.getMessage());
            case ProblemException e -> Optional.of(e.problem().detail());
            case ConfigValidationException e -> Optional.of("The configuration is wrong: " + e.getMessage());
            case ConfigurationException e -> Optional.of("The configuration is wrong: " + e.getMessage());
            default -> Optional.empty();
        };
    }

    private static String setting(String key) {
        return ConfigProvider.getConfig().getOptionalValue(key, String.class).orElse("?");
    }
}
