/**
 * The container engine as this adapter sees it, and the one implementation over docker-java, which nothing else here knows.
 */
package io.vyra.modulemanager.container.engine;
