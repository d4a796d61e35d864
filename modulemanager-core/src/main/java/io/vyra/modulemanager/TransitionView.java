package io.vyra.modulemanager;

import java.time.Instant;

/** One change of a module's phase, with its cause in words. */
public record TransitionView(String moduleId, Instant at, String from, String to, String cause) {}
