package io.vyra.ros2.idl;

/** A definition that cannot be used. The message names the file and the line, what is wrong there and what would be right. */
public final class DefinitionException extends RuntimeException {
    private final String source;
    private final int line;

    /**
     * @param source the file, or what else the definition was read from
     * @param line counted from 1, or 0 for the whole file
     */
    public DefinitionException(String source, int line, String problem) {
        super(source + (line > 0 ? ":" + line : "") + ": " + problem);
        this.source = source;
        this.line = line;
    }

    public String source() {
        return source;
    }

    public int line() {
        return line;
    }
}
