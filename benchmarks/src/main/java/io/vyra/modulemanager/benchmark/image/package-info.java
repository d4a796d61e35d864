/**
 * The container images: their sizes, how fast they are built again, start and what they occupy, beside an application of one class.
 * Engine and builds are the real ones; the engine is a Docker of the benchmark's own, which leaves the machine's alone.
 */
package io.vyra.modulemanager.benchmark.image;
