/**
 * Builds the core from the configuration and gives its parts to the resources.
 *
 * <p>Both distributions use it as it is; tests of the resources replace it with parts of their own.
 */
package io.vyra.modulemanager.api.assembly;
