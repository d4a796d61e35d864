/** Bytes from the bus read as JSON, within limits, and JSON written for it. What is refused is counted here. */
package io.vyra.modulemanager.zenoh.payload;
