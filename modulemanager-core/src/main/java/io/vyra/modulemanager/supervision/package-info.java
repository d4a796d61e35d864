/**
 * Keeps actual state at desired state: starts, stops, probes, restarts with backoff and a budget, and explains itself.
 *
 * <p>Each module has one {@link io.vyra.modulemanager.supervision.ModuleSupervisor} that handles one event at a time; nothing here
 * polls processes. How a process is started is {@code runtime}'s business, why a state is desired is {@code operation}'s.
 */
package io.vyra.modulemanager.supervision;
