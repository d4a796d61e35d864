/**
 * What happens to every HTTP request before a resource sees it, and what is served without one: proxies' headers, security headers,
 * limits, the web interface.
 */
package io.vyra.modulemanager.api.http;
