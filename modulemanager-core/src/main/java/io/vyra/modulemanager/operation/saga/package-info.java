/**
 * The steps of each kind of operation and the order they come in.
 *
 * <p>How steps are journaled, resumed and undone lives in {@code operation}; what they call lives in {@code catalog}, {@code store},
 * {@code instance} and {@code supervision}.
 */
package io.vyra.modulemanager.operation.saga;
