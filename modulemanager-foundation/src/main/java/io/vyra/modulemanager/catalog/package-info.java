/**
 * What could be installed, and what that would need and disturb: repositories, their indexes, search, resolution and plans.
 *
 * <p>Fetching a package file lives here; unpacking it lives in {@code store}.
 */
package io.vyra.modulemanager.catalog;
