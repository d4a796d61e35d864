/** What the tests talk to: sessions of the reference implementation, and connections that misbehave. */
package io.vyra.zenoh.peer;
