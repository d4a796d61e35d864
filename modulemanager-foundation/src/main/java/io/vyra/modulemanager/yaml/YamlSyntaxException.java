package io.vyra.modulemanager.yaml;

/** The bytes are no acceptable YAML document; nothing of it can be used. */
final class YamlSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;

    YamlSyntaxException(int line, String message) {
        super(message);
        this.line = line;
    }

    /** Line of the defect, 1 for the first, 0 when unknown. */
    int line() {
        return line;
    }
}
