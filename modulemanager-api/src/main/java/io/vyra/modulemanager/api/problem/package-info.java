/**
 * Failures as {@code application/problem+json} (RFC 9457), whatever layer they come from, and the pages that explain them.
 *
 * <p>Which failures exist is decided in the core's {@link io.vyra.modulemanager.problem.ProblemType}.
 */
package io.vyra.modulemanager.api.problem;
