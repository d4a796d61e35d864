package io.vyra.zenoh.session;

import io.vyra.zenoh.keyexpr.KeyExpression;

/**
 * What a query asks for: {@code robot/*&#47;state?limit=3;all}.
 *
 * @param key which keys
 * @param parameters what is after the question mark, empty for nothing
 */
public record Selector(KeyExpression key, String parameters) {
    /**
     * Reads a selector.
     *
     * @throws io.vyra.zenoh.keyexpr.InvalidKeyExpressionException when what is before the question mark is no key expression
     */
    public static Selector parse(String text) {
        int mark = text.indexOf('?');
        return mark < 0
                ? new Selector(KeyExpression.of(text), "")
                : new Selector(KeyExpression.of(text.substring(0, mark)), text.substring(mark + 1));
    }

    /** Whether there is a parameter of this name, with or without a value. */
    public boolean hasParameter(String name) {
        for (String parameter : parameters.split(";", -1)) {
            if (parameter.equals(name) || parameter.startsWith(name + "=")) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return parameters.isEmpty() ? key.toString() : key + "?" + parameters;
    }
}
