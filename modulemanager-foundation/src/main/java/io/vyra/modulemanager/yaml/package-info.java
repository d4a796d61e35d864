/**
 * Strict reading of YAML 1.2 (core schema) and JSON, with the line and JSON pointer of every value.
 *
 * <p>Sizes, depth and aliases are bounded, so that hostile bytes end in findings. What the values mean lives with who reads them.
 */
package io.vyra.modulemanager.yaml;
