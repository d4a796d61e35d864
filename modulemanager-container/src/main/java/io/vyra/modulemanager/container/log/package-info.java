/**
 * What a container prints, brought from the engine into the module's log files, where it is read like that of any other module.
 */
package io.vyra.modulemanager.container.log;
