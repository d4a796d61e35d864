/**
 * Power loss, replayed: a record of system calls becomes a model of a disk, and the model becomes the images that a crash could have
 * left. Knows nothing of the module manager.
 */
package io.vyra.modulemanager.powerloss;
