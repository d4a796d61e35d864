/** Tests of the adapter, with an engine of paper and with real ones. */
package io.vyra.modulemanager.container;
