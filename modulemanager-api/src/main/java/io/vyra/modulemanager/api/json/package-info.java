/** Strict reading and plain writing of JSON, paging, and the checks every request body shares. */
package io.vyra.modulemanager.api.json;
