package io.vyra.modulemanager.benchmark.result;

/** A figure without a target, or a condition of the measurement. */
public record Fact(String name, String value) {}
