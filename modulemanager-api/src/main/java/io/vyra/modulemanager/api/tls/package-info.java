/** Where the manager listens and with which certificate. Plain HTTP leaves the machine only when somebody said so. */
package io.vyra.modulemanager.api.tls;
