/** What running modules offer over their bus. There is no bus yet: everything answers that it is not implemented. */
package io.vyra.modulemanager.api.bus;
