/** The start of the process, and what a user is told when it cannot start. */
package io.vyra.modulemanager.api.start;
