/**
 * What running modules offer over their bus, and the bus itself.
 *
 * <p>A face brings the bus as beans; where there is none, everything here answers that it is not implemented.
 */
package io.vyra.modulemanager.api.bus;
