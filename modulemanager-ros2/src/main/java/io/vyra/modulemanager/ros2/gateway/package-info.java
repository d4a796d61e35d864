/** The way for other faces into the graph, by JSON: what may be followed, published and called is what the configuration allows. */
package io.vyra.modulemanager.ros2.gateway;
