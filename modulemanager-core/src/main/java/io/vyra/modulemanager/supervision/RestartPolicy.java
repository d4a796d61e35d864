package io.vyra.modulemanager.supervision;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a crashed module is started again: full-jitter exponential backoff within a budget.
 *
 * <p>The delay before attempt n is drawn evenly from 0 … min({@code longest}, {@code first}·2ⁿ). Pure but for the random source.
 */
public final class RestartPolicy {
    private final Settings settings;
    private final RandomGenerator random;

    public RestartPolicy(Settings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    /**
     * @param first         upper bound of the first delay
     * @param longest       upper bound of every delay
     * @param budget        failures after which a module counts as failed
     * @param calmAfter     a run at least this long starts the backoff over
     * @param trustedAfter  a run at least this long gives the whole budget back
     * @param slowRetry     mean delay between attempts of a failed module
     */
    public record Settings(
            Duration first,
            Duration longest,
            int budget,
            Duration calmAfter,
            Duration trustedAfter,
            Duration slowRetry) {
        public static final Settings DEFAULT = new Settings(
                Duration.ofMillis(200),
                Duration.ofSeconds(60),
                10,
                Duration.ofSeconds(60),
                Duration.ofMinutes(10),
                Duration.ofMinutes(5));

        public Settings {
            if (budget < 1) {
                throw new IllegalArgumentException("restart budget must be at least 1 but is " + budget);
            }
            if (first.isNegative() || longest.compareTo(first) < 0) {
                throw new IllegalArgumentException(
                        "restart delays must grow from first to longest but are " + first + " and " + longest);
            }
        }
    }

    /**
     * How much of the patience with a module is used up.
     *
     * @param attempt failures since the last calm run
     * @param spent   failures since the budget was last whole
     */
    public record Budget(int attempt, int spent) {
        public static final Budget WHOLE = new Budget(0, 0);
    }

    /** What to do after a failure. */
    public sealed interface Decision {
        Budget budget();

        /** Try again after {@code delay}. */
        record Retry(Budget budget, Duration delay) implements Decision {}

        /** The budget is spent; try again slowly, after {@code delay}. */
        record Spent(Budget budget, Duration delay) implements Decision {}
    }

    public Decision afterFailure(Budget before, Duration ranFor) {
        boolean calm = ranFor.compareTo(settings.calmAfter()) >= 0;
        boolean trusted = ranFor.compareTo(settings.trustedAfter()) >= 0;
        int attempt = calm ? 0 : before.attempt();
        int spent = (trusted ? 0 : before.spent()) + 1;
        Budget budget = new Budget(attempt + 1, spent);
        if (spent > settings.budget()) {
            // ±50 %, so that modules that failed together do not retry together.
            return new Decision.Spent(budget, jitter(settings.slowRetry(), 0.5, 1.5));
        }
        return new Decision.Retry(budget, jitter(upperBound(attempt), 0, 1));
    }

    public int left(Budget budget) {
        return Math.max(0, settings.budget() - budget.spent());
    }

    private Duration upperBound(int attempt) {
        // 2^20 · first is beyond every longest that makes sense; larger shifts would overflow.
        Duration grown = settings.first().multipliedBy(1L << Math.min(attempt, 20));
        return grown.compareTo(settings.longest()) < 0 ? grown : settings.longest();
    }

    private Duration jitter(Duration base, double from, double to) {
        return Duration.ofNanos((long) (base.toNanos() * (from + (to - from) * random.nextDouble())));
    }
}
