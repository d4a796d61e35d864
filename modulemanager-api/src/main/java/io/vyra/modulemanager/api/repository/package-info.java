/** Repositories and the catalogue as resources. Where packages come from and what they offer is known to the core's {@code catalog}. */
package io.vyra.modulemanager.api.repository;
