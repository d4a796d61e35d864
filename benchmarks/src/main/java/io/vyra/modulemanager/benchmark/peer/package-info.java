/** Recovery from a crash under this manager and under others, all measured in the same way. */
package io.vyra.modulemanager.benchmark.peer;
