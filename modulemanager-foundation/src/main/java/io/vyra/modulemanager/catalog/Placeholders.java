package io.vyra.modulemanager.catalog;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces {@code ${NAME}} by environment variables. Thread-safe when the lookup is. */
final class Placeholders {
    static final Pattern PATTERN = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    private final Function<String, Optional<String>> environment;

    /**
     * @param environment value of a variable, empty when it is not set
     */
    Placeholders(Function<String, Optional<String>> environment) {
        this.environment = environment;
    }

    static Placeholders ofProcess() {
        return new Placeholders(name -> Optional.ofNullable(System.getenv(name)));
    }

    /**
     * @throws IllegalArgumentException naming the variable when it is not set
     */
    String resolve(String text) {
        Matcher matcher = PATTERN.matcher(text);
        StringBuilder resolved = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(1);
            String value = environment
                    .apply(name)
                    .orElseThrow(
                            () -> new IllegalArgumentException("the environment variable " + name + " is not set"));
            matcher.appendReplacement(resolved, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(resolved).toString();
    }
}
