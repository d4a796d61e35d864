/**
 * Modules in containers: a runtime beside the core's own, over the API of Docker and Podman.
 *
 * <p>What a module may ask of its container is decided here; what is done when it ends is decided in the core's supervision.
 */
package io.vyra.modulemanager.container;
