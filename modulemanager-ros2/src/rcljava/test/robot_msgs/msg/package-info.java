/** Messages in the form of rosidl_generator_java, for tests. */
package robot_msgs.msg;
