/** Measurements of the packaged service as a process, over its REST face, and the client and load generator they need. */
package io.vyra.modulemanager.benchmark.service;
