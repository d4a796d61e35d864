/** Figures, the verdicts over them, their JSON files and the page made of those. Nothing here measures. */
package io.vyra.modulemanager.benchmark.result;
