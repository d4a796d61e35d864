/** What the SLIM distribution promises of itself. The tests of SLIM with containers, too, which is another Maven module. */
package io.vyra.modulemanager.slim;
