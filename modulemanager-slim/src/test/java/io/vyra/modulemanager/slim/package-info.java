/** What the SLIM distribution promises of itself. */
package io.vyra.modulemanager.slim;
