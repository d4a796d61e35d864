/**
 * The application service that every face calls, and its requests and views.
 *
 * <p>REST, Zenoh and ROS 2 differ only in encoding; what may happen and why is decided behind
 * {@link io.vyra.modulemanager.ModuleManager}.
 */
package io.vyra.modulemanager;
