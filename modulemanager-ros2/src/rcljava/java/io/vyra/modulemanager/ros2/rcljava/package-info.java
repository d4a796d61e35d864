/**
 * The port over rcljava, as of the main branch of ros2_java: compiled against signatures of what it uses, and never run.
 *
 * <p>Loaded by a loader of its own, together with rcljava, and only after rcljava was asked for and found; the rest of the manager must not
 * refer to this package.
 */
package io.vyra.modulemanager.ros2.rcljava;
