package io.vyra.modulemanager.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.modulemanager.supervision.RestartPolicy.Budget;
import io.vyra.modulemanager.supervision.RestartPolicy.Decision;
import io.vyra.modulemanager.supervision.RestartPolicy.Settings;
import java.time.Duration;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class RestartPolicyProperties {
    private static final Settings SETTINGS = Settings.DEFAULT;

    @Property(tries = 300)
    void shouldNeverWaitLongerThanTheBoundOfTheAttempt(
            @ForAll long seed, @ForAll @IntRange(max = 2_000_000) int attempt, @ForAll @IntRange(max = 9) int spent) {
        RestartPolicy policy = new RestartPolicy(SETTINGS, new Random(seed));

        Decision decision = policy.afterFailure(new Budget(attempt, spent), Duration.ZERO);

        assertThat(decision).isInstanceOfSatisfying(Decision.Retry.class, retry -> {
            double bound = Math.min(60_000, 200 * Math.pow(2, Math.min(attempt, 60)));
            assertThat(retry.delay()).isBetween(Duration.ZERO, Duration.ofMillis((long) bound));
        });
    }

    @Property(tries = 300)
    void shouldSpendItsBudgetOneByOneWhateverHappensUnlessARunWasLong(
            @ForAll long seed, @ForAll @Size(max = 60) java.util.List<@LongRange(max = 700_000) Long> runsInMillis) {
        RestartPolicy policy = new RestartPolicy(SETTINGS, new Random(seed));
        Budget budget = Budget.WHOLE;
        int sinceTrusted = 0;
        for (long ran : runsInMillis) {
            sinceTrusted = ran >= SETTINGS.trustedAfter().toMillis() ? 1 : sinceTrusted + 1;
            Decision decision = policy.afterFailure(budget, Duration.ofMillis(ran));
            budget = decision.budget();
            assertThat(decision instanceof Decision.Spent).isEqualTo(sinceTrusted > SETTINGS.budget());
            assertThat(policy.left(budget)).isEqualTo(Math.max(0, SETTINGS.budget() - sinceTrusted));
        }
    }

    @Property(tries = 100)
    void shouldRetryAFailedModuleSlowlyButNotTogetherWithOthers(@ForAll long seed) {
        Decision decision = new RestartPolicy(SETTINGS, new Random(seed))
                .afterFailure(new Budget(50, SETTINGS.budget()), Duration.ofSeconds(1));

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Spent.class,
                        spent -> assertThat(spent.delay())
                                .isBetween(
                                        SETTINGS.slowRetry().dividedBy(2),
                                        SETTINGS.slowRetry().multipliedBy(3).dividedBy(2)));
    }

    @Example
    void shouldStartTheBackoffOverAfterACalmRun() {
        RestartPolicy policy = new RestartPolicy(SETTINGS, new Random(1));

        Decision decision = policy.afterFailure(new Budget(8, 8), Duration.ofSeconds(60));

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Retry.class,
                        retry -> assertThat(retry.delay()).isLessThanOrEqualTo(Duration.ofMillis(200)));
        assertThat(decision.budget().spent()).isEqualTo(9);
    }

    @Example
    void shouldRefuseSettingsThatMakeNoSense() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new Settings(second, second, 0, second, second, second))
                .hasMessageContaining("budget");
        assertThatThrownBy(() -> new Settings(second, Duration.ZERO, 1, second, second, second))
                .hasMessageContaining("delays");
    }
}
