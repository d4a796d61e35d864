/**
 * Module versions on disk: safe unpacking, staging, atomic commit, the {@code current} switch, retention and trash.
 *
 * <p>There is never a half-installed version in sight. Which version should be current is decided elsewhere.
 */
package io.vyra.modulemanager.store;
