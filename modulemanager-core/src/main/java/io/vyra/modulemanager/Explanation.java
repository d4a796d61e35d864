package io.vyra.modulemanager;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Why a module is in its state.
 *
 * @param summary     one sentence
 * @param blockedBy   chain of what it waits for, nearest first
 * @param nextRetry   when the manager tries again by itself
 * @param unblock     what would change the state, in words
 */
public record Explanation(
        String moduleId,
        String phase,
        String summary,
        List<Blocker> blockedBy,
        List<TransitionView> lastTransitions,
        Optional<Instant> nextRetry,
        int restartsLeft,
        List<String> unblock) {
    public record Blocker(String moduleId, String phase, String reason) {}
}
