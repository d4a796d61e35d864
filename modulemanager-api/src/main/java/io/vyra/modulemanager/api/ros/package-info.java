/** The graph of ROS 2 as JSON: what is there, topics as streams, publishing and calling. Where there is no bridge, 501. */
package io.vyra.modulemanager.api.ros;
