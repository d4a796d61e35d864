/** Modules as resources: what is installed, what is wanted of it, why it is as it is. */
package io.vyra.modulemanager.api.module;
