/**
 * What a module is: its identity, version, manifests, permissions and state layers.
 *
 * <p>Reading {@code .module/*.yaml} lives here; where packages come from ({@code catalog}) and where they lie on disk
 * ({@code store}) do not.
 */
package io.vyra.modulemanager.module;
