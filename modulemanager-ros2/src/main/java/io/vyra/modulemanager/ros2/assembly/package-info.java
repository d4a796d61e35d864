/** Where the container meets the face, whose other packages know no framework. */
package io.vyra.modulemanager.ros2.assembly;
