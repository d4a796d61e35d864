/** Modules are suspended and resumed by their own actions {@code request_lc_suspend} and {@code request_lc_resume}. */
package io.vyra.modulemanager.zenoh.suspension;
