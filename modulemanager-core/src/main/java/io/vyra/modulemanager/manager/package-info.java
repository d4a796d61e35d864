/**
 * The module manager as a whole: the application service, and the assembly of everything it consists of.
 *
 * <p>Decisions live in the feature packages; here they are put together.
 */
package io.vyra.modulemanager.manager;
