/**
 * What every face of the manager keeps: one suite of scenarios against the real core, which a face runs by implementing a small driver.
 * What a face is made of is tested where it is.
 */
package io.vyra.modulemanager.face;
