/**
 * Everything that may happen to a module, as journaled sagas of small steps.
 *
 * <p>A step is idempotent or has a compensation; the journal is written before and after each one, so that a restarted manager
 * resumes or undoes what a crash interrupted. What the steps do lives in the packages they call.
 */
package io.vyra.modulemanager.operation;
