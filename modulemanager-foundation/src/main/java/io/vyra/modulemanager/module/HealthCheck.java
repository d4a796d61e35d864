package io.vyra.modulemanager.module;

import java.time.Duration;

/**
 * When and how often a module is probed ({@code behavior.health_check} of {@code module_params.yaml}).
 *
 * @param enabled     false: the process being alive is all that counts
 * @param interval    time between two probes once running, at least 100 ms
 * @param timeout     longest time one probe may take
 * @param retries     failures in a row after which the module counts as hung, at least 1
 * @param startPeriod time after the start in which a failing probe is not yet counted
 */
public record HealthCheck(boolean enabled, Duration interval, Duration timeout, int retries, Duration startPeriod) {
    public static final HealthCheck DEFAULT =
            new HealthCheck(true, Duration.ofSeconds(10), Duration.ofSeconds(5), 3, Duration.ofSeconds(30));

    public HealthCheck {
        if (interval.compareTo(Duration.ofMillis(100)) < 0) {
            throw new IllegalArgumentException("interval must be at least 0.1 s but is " + interval);
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be positive but is " + timeout);
        }
        if (retries < 1) {
            throw new IllegalArgumentException("retries must be at least 1 but is " + retries);
        }
        if (startPeriod.isNegative()) {
            throw new IllegalArgumentException("start period must not be negative but is " + startPeriod);
        }
    }
}
