package io.vyra.modulemanager.container.engine;

/**
 * A piece of what a container printed, with the engine's time before each line.
 *
 * @param isError whether it was printed to stderr
 */
public record LogPiece(boolean isError, byte[] bytes) {}
