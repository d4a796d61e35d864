package io.vyra.modulemanager;

/**
 * Fired as an asynchronous CDI event a moment after the REST interface began to listen. What need not be there for its first answers begins
 * with it: whoever waited for the service is answered before that takes its share of the processors. With several listeners it comes several
 * times, on any thread.
 */
public record StartSettled() {}
