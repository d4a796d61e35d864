/**
 * The REST face of the module manager, by feature: one package per part of {@code openapi.yaml}.
 *
 * <p>It translates between HTTP and {@link io.vyra.modulemanager.ModuleManager} and decides nothing itself. Wiring of the core lives
 * in the runners.
 */
package io.vyra.modulemanager.api;
