/**
 * Who may do what: users, roles, sessions, login limits and the tokens of modules, all durable.
 *
 * <p>How a face carries a token (header, cookie, Zenoh login) lives in that face.
 */
package io.vyra.modulemanager.access;
