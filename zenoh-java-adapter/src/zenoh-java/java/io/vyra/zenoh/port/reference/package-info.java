/** The port over zenoh-java, the reference implementation's own binding. Compiled against the real library only with its profile. */
package io.vyra.zenoh.port.reference;
