/**
 * JSON (RFC 8259) as modules exchange it: objects whose values are text, numbers, truth values, null, lists and objects.
 *
 * <p>Small on purpose: a module brings no library along for it. What is not exactly JSON is refused, and so is what is too deep or too long.
 */
package io.vyra.module.json;
