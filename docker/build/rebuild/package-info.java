/**
 * Exchanges in a finished build what a change of a few lines alters, where that is nothing but the code of methods and the page: neither Maven
 * nor Quarkus has to run then. Whatever else changed is left to them; what is exchanged has the bytes that they would make.
 */
package rebuild;
