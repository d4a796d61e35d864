package io.vyra.modulemanager.container.engine;

import java.util.OptionalInt;

/**
 * Something happened to a container; what it is now, the engine has to be asked.
 *
 * @param container id
 * @param exitCode  when it ended and the engine said how; for a container that is gone by the time it is asked for
 */
public record ContainerEvent(String container, OptionalInt exitCode) {}
