/**
 * The manager as the VYRA module that it is: the functions and feeds that every module has, under the manager's own id.
 *
 * <p>What makes no sense for a manager is refused in words, not left out: who asks every module the same gets an answer of every module.
 */
package io.vyra.modulemanager.zenoh.manager;
