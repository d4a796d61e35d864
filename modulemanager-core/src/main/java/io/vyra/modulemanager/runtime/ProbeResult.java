package io.vyra.modulemanager.runtime;

/** What a probe found. */
public sealed interface ProbeResult {

    record Passed() implements ProbeResult {}

    /** @param reason one line for people */
    record Failed(String reason) implements ProbeResult {}
}
