/** Typed configuration of the REST face. Configuration of the core's parts lives with the runners. */
package io.vyra.modulemanager.api.config;
