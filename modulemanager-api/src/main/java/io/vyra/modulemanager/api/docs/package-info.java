/** The contract itself and a page to try it out, both served from the jar. */
package io.vyra.modulemanager.api.docs;
