/**
 * Who asks, and whether they may: logging in and out, tokens and cookies, roles.
 *
 * <p>Accounts, sessions and tokens themselves live in the core's {@code access} package.
 */
package io.vyra.modulemanager.api.auth;
