/**
 * What a module's author needs: building a package out of a folder, and a repository out of packages.
 *
 * <p>The running manager uses none of it; {@code ./mm pack} and {@code ./mm repo} do.
 */
package io.vyra.modulemanager.authoring;
