/**
 * Images of modules: archives, full or delta, read with every check before an engine gets them, and the images made of them.
 */
package io.vyra.modulemanager.container.image;
