/** How the manager is part of the graph: its settings, its interfaces, and the node that is made anew when it was lost. */
package io.vyra.modulemanager.ros2.connection;
