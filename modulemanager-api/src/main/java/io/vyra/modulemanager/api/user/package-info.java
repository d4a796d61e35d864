/** Users as resources, for administrators. */
package io.vyra.modulemanager.api.user;
