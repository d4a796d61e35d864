/** Black-box tests of the packaged full distribution: they start it as a user does and know nothing of its classes. */
package io.vyra.modulemanager.full;
