package io.vyra.modulemanager.access;

import java.time.Instant;

/**
 * One login that is still valid.
 *
 * @param id        hash of its token; tells sessions apart, good for nothing else
 * @param expiresAt it does not slide: this is fixed when the session begins
 */
public record Session(String id, Account account, Instant createdAt, Instant expiresAt) {}
