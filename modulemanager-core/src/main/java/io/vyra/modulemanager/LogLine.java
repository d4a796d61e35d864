package io.vyra.modulemanager;

import java.time.Instant;

/**
 * @param stream {@code stdout} or {@code stderr}
 * @param text   without its line feed, at most 16 KiB; malformed UTF-8 is replaced
 */
public record LogLine(Instant at, String stream, String text) {}
