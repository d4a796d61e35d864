/** The other side of tests: processes of other implementations, and what disturbs the way to them. */
package io.vyra.ros2.peer;
