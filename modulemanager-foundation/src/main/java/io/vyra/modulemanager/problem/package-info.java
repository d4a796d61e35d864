/**
 * The one table from failure to problem type, HTTP status and documentation page.
 *
 * <p>Every failure that leaves the core is a {@link io.vyra.modulemanager.problem.ProblemException} carrying an entry of
 * {@link io.vyra.modulemanager.problem.ProblemType}. How a face encodes it (RFC 9457, ROS 2, Zenoh) lives in that face.
 */
package io.vyra.modulemanager.problem;
