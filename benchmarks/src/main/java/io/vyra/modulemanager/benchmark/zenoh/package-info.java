/**
 * This project's Zenoh beside the reference implementation's, in processes of their own that are given the same commands.
 *
 * <p>What one of this project's processes does is in {@link io.vyra.modulemanager.benchmark.zenoh.JavaSide}, the other kind's is
 * {@code zenoh_side.py}; both are driven by {@link io.vyra.modulemanager.benchmark.zenoh.Side}.
 */
package io.vyra.modulemanager.benchmark.zenoh;
