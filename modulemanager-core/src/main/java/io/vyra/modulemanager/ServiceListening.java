package io.vyra.modulemanager;

/**
 * Told once the REST interface listens, for what may come beside the first requests rather than before them: it would compete with the
 * start for few processors.
 */
public record ServiceListening() {}
