/** From what a manifest wants and an administrator allows to what an engine is asked for. */
package io.vyra.modulemanager.container.settings;
