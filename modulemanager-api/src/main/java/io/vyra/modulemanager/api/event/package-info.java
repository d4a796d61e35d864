/**
 * What happens, as it happens: the event stream, log following, and the history of feeds.
 *
 * <p>Where changes come from is the port {@link io.vyra.modulemanager.api.event.EventSource}. Slow readers lose events and are told
 * so; they never hold memory.
 */
package io.vyra.modulemanager.api.event;
