/** Operations as resources, and the answer to every request that starts one. */
package io.vyra.modulemanager.api.operation;
