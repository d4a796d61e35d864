/**
 * What the packaged service occupies when nobody asks it for anything, where that lies, which classes of which jars it loads, and what
 * flags of the JVM change about it: {@code docs/footprint.md}, with a line for each commit that was measured.
 */
package io.vyra.modulemanager.benchmark.footprint;
