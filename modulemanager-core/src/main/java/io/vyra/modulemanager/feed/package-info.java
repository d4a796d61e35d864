/**
 * What happens on this robot, as a stream: module and operation changes, and the news, error and state feeds.
 *
 * <p>Bounded everywhere: a slow reader loses events and is told so, the robot loses nothing.
 */
package io.vyra.modulemanager.feed;
